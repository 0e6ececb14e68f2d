-- Partner logins: from where a reseller may call, and what wrong passwords led to.

ALTER TABLE resellers
	ADD COLUMN IF NOT EXISTS networks VARCHAR(2000) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'networks that it may call from, a blank between; empty: any',
	ALGORITHM=INSTANT;

CREATE TABLE IF NOT EXISTS logins (
	name_sha256         BINARY(32) NOT NULL COMMENT 'of the login name as it was sent, whether it exists or not',
	network             VARCHAR(50) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT '/24 or /64 of the client; empty: all of them',
	failures            INT UNSIGNED NOT NULL COMMENT 'wrong passwords since failing_since',
	failing_since       BIGINT NOT NULL,
	locks               TINYINT UNSIGNED NOT NULL COMMENT 'one after the other, without a success between',
	locked_until        BIGINT NOT NULL,
	succeeded_at        BIGINT NOT NULL COMMENT 'the last success, give or take a day',
	PRIMARY KEY (name_sha256, network)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT='what is remembered of logins';
