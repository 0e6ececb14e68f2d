-- ACME accounts.

CREATE TABLE accounts (
	id                  BIGINT UNSIGNED NOT NULL,
	server_id           BIGINT UNSIGNED NOT NULL,
	binding_id          BIGINT UNSIGNED NOT NULL,
	acme_account_id     VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'last part of the account URL',
	status              TINYINT UNSIGNED NOT NULL COMMENT '1 pending, 2 valid, 3 suspended, 4 deactivated, 5 revoked',
	status_before       TINYINT UNSIGNED NULL COMMENT 'status that a suspension interrupted',
	key_thumbprint      BINARY(32) NULL COMMENT 'NULL while pending',
	key_jwk             VARBINARY(768) NULL COMMENT 'canonical form (RFC 7638)',
	tos_url             VARCHAR(255) NULL COMMENT 'terms that were agreed to',
	tos_agreed_at       BIGINT NULL,
	eab                 BLOB NULL COMMENT 'externalAccountBinding as received',
	user_agent          VARCHAR(255) NULL,
	ip_address          VARCHAR(45) CHARACTER SET ascii COLLATE ascii_bin NULL,
	last_activity_at    BIGINT NULL,
	created_at          BIGINT NOT NULL,
	PRIMARY KEY (id),
	UNIQUE KEY accounts_acme_account_id (acme_account_id),
	UNIQUE KEY accounts_key (key_thumbprint, server_id),
	KEY accounts_binding (binding_id, id),
	CONSTRAINT accounts_binding FOREIGN KEY (binding_id) REFERENCES bindings (id),
	CONSTRAINT accounts_server FOREIGN KEY (server_id) REFERENCES servers (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE account_contacts (
	account_id          BIGINT UNSIGNED NOT NULL,
	position            TINYINT UNSIGNED NOT NULL,
	contact             VARCHAR(254) NOT NULL COMMENT 'mailto: URL',
	PRIMARY KEY (account_id, position),
	CONSTRAINT account_contacts_account FOREIGN KEY (account_id) REFERENCES accounts (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
