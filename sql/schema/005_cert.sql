-- Issuers, serials, certificates, CRLs.

CREATE TABLE issuers (
	id                  BIGINT UNSIGNED NOT NULL,
	name                VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'as in the signer configuration',
	ski                 VARBINARY(64) NOT NULL COMMENT 'subject key identifier',
	cert                BLOB NOT NULL COMMENT 'DER',
	chain               MEDIUMBLOB NOT NULL COMMENT 'PEM: its certificate and those above, without the root',
	created_at          BIGINT NOT NULL,
	PRIMARY KEY (id),
	UNIQUE KEY issuers_name (name)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE serials (
	serial              VARBINARY(20) NOT NULL,
	issuer_id           BIGINT UNSIGNED NOT NULL,
	order_id            BIGINT UNSIGNED NOT NULL,
	status              TINYINT UNSIGNED NOT NULL COMMENT '1 reserved, 2 used, 3 burned',
	cert_id             BIGINT UNSIGNED NULL,
	created_at          BIGINT NOT NULL,
	PRIMARY KEY (serial)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT='unique over all issuers';

CREATE TABLE issuances (
	order_id            BIGINT UNSIGNED NOT NULL COMMENT 'at most one under way for an order',
	serial              VARBINARY(20) NOT NULL,
	issuer_id           BIGINT UNSIGNED NOT NULL,
	tbs                 BLOB NOT NULL COMMENT 'to-be-signed certificate, DER',
	created_at          BIGINT NOT NULL,
	PRIMARY KEY (order_id),
	UNIQUE KEY issuances_serial (serial)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT='the intent, until the certificate is recorded';

CREATE TABLE certs (
	id                  BIGINT UNSIGNED NOT NULL,
	number              BIGINT UNSIGNED NOT NULL COMMENT 'certificateID on the wire',
	order_id            BIGINT UNSIGNED NOT NULL,
	account_id          BIGINT UNSIGNED NOT NULL,
	issuer_id           BIGINT UNSIGNED NOT NULL,
	serial              VARBINARY(20) NOT NULL,
	not_before_at       BIGINT NOT NULL,
	not_after_at        BIGINT NOT NULL,
	spki_sha256         BINARY(32) NOT NULL,
	profile             VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	crl_shard           SMALLINT UNSIGNED NOT NULL,
	created_at          BIGINT NOT NULL,
	PRIMARY KEY (id),
	KEY certs_account (account_id, id),
	KEY certs_spki (spki_sha256)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
PARTITION BY RANGE (id) (
	PARTITION p0 VALUES LESS THAN (1),
	PARTITION pmax VALUES LESS THAN MAXVALUE
);

CREATE TABLE cert_ders (
	id                  BIGINT UNSIGNED NOT NULL COMMENT 'of the certificate',
	der                 BLOB NOT NULL,
	PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
PARTITION BY RANGE (id) (
	PARTITION p0 VALUES LESS THAN (1),
	PARTITION pmax VALUES LESS THAN MAXVALUE
);

CREATE TABLE cert_keys (
	key_thumbprint      BINARY(32) NOT NULL COMMENT 'of a certified key, as a JWK: account keys are known by theirs',
	cert_id             BIGINT UNSIGNED NOT NULL COMMENT 'first certificate with it',
	PRIMARY KEY (key_thumbprint)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE revocations (
	cert_id             BIGINT UNSIGNED NOT NULL,
	issuer_id           BIGINT UNSIGNED NOT NULL,
	reason              TINYINT UNSIGNED NOT NULL COMMENT 'RFC 5280 s5.3.1',
	revoked_at          BIGINT NOT NULL,
	PRIMARY KEY (cert_id),
	KEY revocations_issuer (issuer_id, cert_id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT='insert-only';

CREATE TABLE compromises (
	cert_id             BIGINT UNSIGNED NOT NULL COMMENT 'revoked for another reason before its key was found compromised',
	found_at            BIGINT NOT NULL,
	PRIMARY KEY (cert_id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT='insert-only';

CREATE TABLE blocked_keys (
	spki_sha256         BINARY(32) NOT NULL,
	reason              VARCHAR(255) NOT NULL,
	created_at          BIGINT NOT NULL,
	PRIMARY KEY (spki_sha256)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT='compromised, for good';

CREATE TABLE crls (
	issuer_id           BIGINT UNSIGNED NOT NULL,
	shard               SMALLINT UNSIGNED NOT NULL,
	number              BIGINT UNSIGNED NOT NULL COMMENT 'CRLNumber: time of issue in ms',
	this_update_at      BIGINT NOT NULL,
	next_update_at      BIGINT NOT NULL,
	der                 LONGBLOB NOT NULL,
	PRIMARY KEY (issuer_id, shard, number)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
