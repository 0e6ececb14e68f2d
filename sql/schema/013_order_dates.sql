-- The validity that an order asked for.
ALTER TABLE orders
	ADD COLUMN not_before_at BIGINT NULL COMMENT 'asked for by the client',
	ADD COLUMN not_after_at BIGINT NULL COMMENT 'asked for by the client, its last second',
	ALGORITHM=INSTANT;
