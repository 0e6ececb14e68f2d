-- Orders, authorizations and the evidence for them.  Growing tables are
-- partitioned by id, which rises with time: old partitions are dropped.

CREATE TABLE orders (
	id                  BIGINT UNSIGNED NOT NULL,
	number              BIGINT UNSIGNED NOT NULL COMMENT 'orderNumber of GETLASTORDER',
	account_id          BIGINT UNSIGNED NOT NULL,
	status              TINYINT UNSIGNED NOT NULL COMMENT '1 pending, 2 ready, 3 processing, 4 valid, 5 invalid',
	authz_left          SMALLINT UNSIGNED NOT NULL COMMENT 'authorizations that are not valid yet',
	expires_at          BIGINT NOT NULL,
	profile             VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	idents              MEDIUMBLOB NOT NULL COMMENT 'one TYPE:VALUE a line, sorted',
	authzs              BLOB NOT NULL COMMENT 'ids, 8 bytes big-endian each',
	reused              SMALLINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'of them, those that earlier orders made',
	error               MEDIUMTEXT NULL COMMENT 'problem document',
	finalize_jws        MEDIUMBLOB NULL COMMENT 'the signed finalize request, CSR inside',
	cert_id             BIGINT UNSIGNED NULL,
	created_at          BIGINT NOT NULL,
	PRIMARY KEY (id),
	KEY orders_account (account_id, id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
PARTITION BY RANGE (id) (
	PARTITION p0 VALUES LESS THAN (1),
	PARTITION pmax VALUES LESS THAN MAXVALUE
);

CREATE TABLE authzs (
	id                  BIGINT UNSIGNED NOT NULL,
	order_id            BIGINT UNSIGNED NOT NULL COMMENT 'that made it, 0 newAuthz',
	account_id          BIGINT UNSIGNED NOT NULL,
	ident_type          TINYINT UNSIGNED NOT NULL COMMENT '1 dns, 2 ip',
	ident_value         VARCHAR(253) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	is_wildcard         TINYINT UNSIGNED NOT NULL,
	status              TINYINT UNSIGNED NOT NULL COMMENT '1 pending, 2 valid, 3 invalid, 4 deactivated, 5 expired, 6 revoked',
	token               VARCHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	offered             SMALLINT UNSIGNED NOT NULL COMMENT 'bit of each offered challenge type',
	active_type         TINYINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'challenge type that was responded to, 0 none',
	key_thumbprint      BINARY(32) NULL COMMENT 'account key at the response',
	validated_at        BIGINT NULL,
	expires_at          BIGINT NOT NULL,
	error               MEDIUMTEXT NULL COMMENT 'problem document of the failed challenge',
	deactivated_at      BIGINT NULL COMMENT 'by its account',
	created_at          BIGINT NOT NULL,
	PRIMARY KEY (id),
	KEY authzs_account_ident (account_id, ident_value, id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
PARTITION BY RANGE (id) (
	PARTITION p0 VALUES LESS THAN (1),
	PARTITION pmax VALUES LESS THAN MAXVALUE
);

CREATE TABLE verdicts (
	id                  BIGINT UNSIGNED NOT NULL,
	authz_id            BIGINT UNSIGNED NOT NULL,
	method              VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	is_valid            TINYINT UNSIGNED NOT NULL,
	checked_at          BIGINT NOT NULL,
	statement           BLOB NOT NULL COMMENT 'caas-verdict-v1',
	signature           BINARY(64) NOT NULL COMMENT 'Ed25519',
	record              MEDIUMTEXT NOT NULL COMMENT 'JSON: what was looked up and seen',
	PRIMARY KEY (id),
	KEY verdicts_authz (authz_id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
PARTITION BY RANGE (id) (
	PARTITION p0 VALUES LESS THAN (1),
	PARTITION pmax VALUES LESS THAN MAXVALUE
);

CREATE TABLE caa_checks (
	id                  BIGINT UNSIGNED NOT NULL,
	authz_id            BIGINT UNSIGNED NOT NULL,
	is_permitted        TINYINT UNSIGNED NOT NULL,
	checked_at          BIGINT NOT NULL,
	statement           BLOB NOT NULL COMMENT 'caas-caa-v1',
	signature           BINARY(64) NOT NULL COMMENT 'Ed25519',
	record              MEDIUMTEXT NOT NULL COMMENT 'JSON: what was asked and answered',
	PRIMARY KEY (id),
	KEY caa_checks_authz (authz_id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
PARTITION BY RANGE (id) (
	PARTITION p0 VALUES LESS THAN (1),
	PARTITION pmax VALUES LESS THAN MAXVALUE
);
