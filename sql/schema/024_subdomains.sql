-- Authorizations that cover the names below theirs (RFC 9444).

ALTER TABLE authzs
	ADD COLUMN IF NOT EXISTS covers_subdomains TINYINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'names below are proven with it',
	ALGORITHM=INSTANT;
-- CAA is a matter of each name that is asked for.
ALTER TABLE caa_checks
	ADD COLUMN IF NOT EXISTS name VARCHAR(253) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'covered name that was looked at, empty: the one of the authorization',
	ALGORITHM=INSTANT;
ALTER TABLE jobs
	ADD COLUMN IF NOT EXISTS name VARCHAR(253) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'covered name that the queue caa looks at',
	ALGORITHM=INSTANT;
