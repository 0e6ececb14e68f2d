-- Which validated organisation a name belongs to; never on a DV server.
ALTER TABLE subscription_names
	ADD COLUMN anchor VARCHAR(128) NULL COMMENT 'order that validated it',
	ALGORITHM=INSTANT;
