-- What GETLASTORDER tells of an order beyond its status.
ALTER TABLE orders
	ADD COLUMN IF NOT EXISTS collected_at BIGINT NULL COMMENT 'first download of its certificate',
	ADD COLUMN IF NOT EXISTS is_burned TINYINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'failed with a serial reserved, which is burned',
	ALGORITHM=INSTANT;
-- Of what was issued before, nobody knows.
UPDATE orders SET collected_at = created_at WHERE cert_id IS NOT NULL;
