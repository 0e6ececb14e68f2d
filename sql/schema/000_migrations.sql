-- What was applied.  This file alone runs every time.
CREATE TABLE IF NOT EXISTS schema_migrations (
	number              SMALLINT UNSIGNED NOT NULL,
	name                VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	applied_at          BIGINT NOT NULL,
	PRIMARY KEY (number)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
