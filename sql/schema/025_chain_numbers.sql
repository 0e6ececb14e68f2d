-- The number of a chain stands in URLs, so it never comes to mean another one.

ALTER TABLE issuers
	ADD COLUMN IF NOT EXISTS chain_numbers SMALLINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'given to its other chains so far, those that were dropped too',
	ALGORITHM=INSTANT;
UPDATE issuers i SET chain_numbers =
	(SELECT COALESCE(MAX(CAST(a.detail AS UNSIGNED)), 0) FROM audit a WHERE a.event = 'ca.chain' AND a.object_id = i.id);
