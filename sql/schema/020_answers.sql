-- First answers of calls with an Idempotency-Key: a repeat gets the same one.

CREATE TABLE IF NOT EXISTS answers (
	reseller_id         BIGINT UNSIGNED NOT NULL,
	idempotency_key     VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	id                  BIGINT UNSIGNED NOT NULL COMMENT 'the call that has the key',
	params_sha256       BINARY(32) NOT NULL COMMENT 'action and arguments, without the login',
	created_at          BIGINT NOT NULL,
	body                VARBINARY(4124) NULL COMMENT 'AES-256-GCM; written with what it tells of',
	body_key_version    SMALLINT UNSIGNED NULL COMMENT 'which wrapping key',
	PRIMARY KEY (reseller_id, idempotency_key),
	KEY answers_created (created_at)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT='of a day';
