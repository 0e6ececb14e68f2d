-- Partners: ACME servers, resellers with prices, bindings, subscriptions, money.
-- Amounts are integer cents; times are UTC seconds since 1970.

CREATE TABLE servers (
	id                  BIGINT UNSIGNED NOT NULL,
	name                VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'last part of the directory URL',
	product_id          INT UNSIGNED NOT NULL COMMENT 'as LISTSERVERS shows it',
	product_description VARCHAR(128) NOT NULL,
	validation_type     TINYINT UNSIGNED NOT NULL COMMENT '1 DV, 2 OV, 3 EV',
	profile             VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'certificate profile of its orders',
	created_at          BIGINT NOT NULL,
	PRIMARY KEY (id),
	UNIQUE KEY servers_name (name)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE resellers (
	id                  BIGINT UNSIGNED NOT NULL,
	login_name          VARCHAR(64) NOT NULL COMMENT 'case sensitive',
	password_hash       VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'crypt(5)',
	password_expires_at BIGINT NULL,
	is_locked           TINYINT UNSIGNED NOT NULL DEFAULT 0,
	currency            CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'ISO 4217',
	balance_cents       BIGINT NOT NULL DEFAULT 0 COMMENT 'always the sum of its ledger',
	credit_limit_cents  BIGINT NOT NULL DEFAULT 0 COMMENT 'how far below zero the balance may go',
	created_at          BIGINT NOT NULL,
	PRIMARY KEY (id),
	UNIQUE KEY resellers_login_name (login_name)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE reseller_servers (
	reseller_id         BIGINT UNSIGNED NOT NULL,
	server_id           BIGINT UNSIGNED NOT NULL,
	PRIMARY KEY (reseller_id, server_id),
	CONSTRAINT reseller_servers_reseller FOREIGN KEY (reseller_id) REFERENCES resellers (id),
	CONSTRAINT reseller_servers_server FOREIGN KEY (server_id) REFERENCES servers (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT='which servers a reseller may use';

CREATE TABLE prices (
	reseller_id         BIGINT UNSIGNED NOT NULL,
	server_id           BIGINT UNSIGNED NOT NULL,
	kind                TINYINT UNSIGNED NOT NULL COMMENT '1 FQDN, 2 wildcard',
	years               TINYINT UNSIGNED NOT NULL COMMENT '1..3: price of that whole term',
	cents               BIGINT NOT NULL,
	PRIMARY KEY (reseller_id, server_id, kind, years),
	CONSTRAINT prices_reseller_server FOREIGN KEY (reseller_id, server_id)
		REFERENCES reseller_servers (reseller_id, server_id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE bindings (
	id                  BIGINT UNSIGNED NOT NULL,
	reseller_id         BIGINT UNSIGNED NOT NULL,
	server_id           BIGINT UNSIGNED NOT NULL,
	key_id              VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'eabMACIDb64url',
	mac_key             VARBINARY(96) NOT NULL COMMENT 'AES-256-GCM, key_id is the additional data',
	mac_key_version     SMALLINT UNSIGNED NOT NULL COMMENT 'which wrapping key',
	term_years          TINYINT UNSIGNED NOT NULL,
	status              TINYINT UNSIGNED NOT NULL COMMENT '1 usable, 2 suspended, 3 deactivated',
	is_reusable         TINYINT UNSIGNED NOT NULL DEFAULT 1 COMMENT '0: registers one account only',
	last_activity_at    BIGINT NULL,
	created_at          BIGINT NOT NULL,
	PRIMARY KEY (id),
	UNIQUE KEY bindings_key_id (key_id),
	KEY bindings_reseller (reseller_id, id),
	CONSTRAINT bindings_reseller FOREIGN KEY (reseller_id) REFERENCES resellers (id),
	CONSTRAINT bindings_server FOREIGN KEY (server_id) REFERENCES servers (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT='external account bindings';

CREATE TABLE subscriptions (
	id                  BIGINT UNSIGNED NOT NULL,
	binding_id          BIGINT UNSIGNED NOT NULL,
	start_at            BIGINT NOT NULL,
	end_at              BIGINT NOT NULL COMMENT 'last second of the last day',
	term_years          TINYINT UNSIGNED NOT NULL COMMENT 'newest term, the base of pro rata',
	created_at          BIGINT NOT NULL,
	PRIMARY KEY (id),
	KEY subscriptions_binding (binding_id, end_at),
	CONSTRAINT subscriptions_binding FOREIGN KEY (binding_id) REFERENCES bindings (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE transactions (
	id                  BIGINT UNSIGNED NOT NULL,
	number              BIGINT UNSIGNED NOT NULL COMMENT 'orderNumber on the wire',
	reseller_id         BIGINT UNSIGNED NOT NULL,
	subscription_id     BIGINT UNSIGNED NOT NULL,
	type                TINYINT UNSIGNED NOT NULL COMMENT '1 addDomain, 2 extendDomains, 3 refundDomain',
	cents               BIGINT NOT NULL COMMENT 'never negative',
	days                INT UNSIGNED NOT NULL COMMENT 'billed or refunded for',
	created_at          BIGINT NOT NULL,
	PRIMARY KEY (id),
	UNIQUE KEY transactions_number (number),
	KEY transactions_subscription (subscription_id, id),
	CONSTRAINT transactions_subscription FOREIGN KEY (subscription_id) REFERENCES subscriptions (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT='what was bought';

CREATE TABLE subscription_names (
	id                  BIGINT UNSIGNED NOT NULL,
	subscription_id     BIGINT UNSIGNED NOT NULL,
	name                VARCHAR(253) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'without *.',
	is_wildcard         TINYINT UNSIGNED NOT NULL,
	is_paid             TINYINT UNSIGNED NOT NULL,
	carrier_id          BIGINT UNSIGNED NULL COMMENT 'the paid name that carries this free one',
	transaction_id      BIGINT UNSIGNED NOT NULL COMMENT 'that added it',
	added_at            BIGINT NOT NULL,
	removed_at          BIGINT NULL,
	is_active           TINYINT UNSIGNED NULL COMMENT '1, or NULL once removed: unique among the active',
	last_order_id       BIGINT UNSIGNED NULL COMMENT 'newest certificate order',
	PRIMARY KEY (id),
	UNIQUE KEY subscription_names_active (subscription_id, name, is_wildcard, is_active),
	KEY subscription_names_carrier (carrier_id),
	CONSTRAINT subscription_names_subscription FOREIGN KEY (subscription_id) REFERENCES subscriptions (id),
	CONSTRAINT subscription_names_transaction FOREIGN KEY (transaction_id) REFERENCES transactions (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE transaction_names (
	transaction_id      BIGINT UNSIGNED NOT NULL,
	name                VARCHAR(253) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	is_wildcard         TINYINT UNSIGNED NOT NULL,
	cents               BIGINT NOT NULL COMMENT 'its share',
	PRIMARY KEY (transaction_id, name, is_wildcard),
	CONSTRAINT transaction_names_transaction FOREIGN KEY (transaction_id) REFERENCES transactions (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT='names that a transaction touched';

CREATE TABLE ledger (
	id                  BIGINT UNSIGNED NOT NULL,
	reseller_id         BIGINT UNSIGNED NOT NULL,
	cents               BIGINT NOT NULL COMMENT 'signed: debits are negative',
	cause               TINYINT UNSIGNED NOT NULL COMMENT '1 credit by the operator, 2 transaction',
	transaction_id      BIGINT UNSIGNED NULL,
	reason              VARCHAR(255) NOT NULL DEFAULT '',
	created_at          BIGINT NOT NULL,
	PRIMARY KEY (id),
	KEY ledger_reseller (reseller_id, id),
	UNIQUE KEY ledger_transaction (transaction_id) COMMENT 'a transaction moves money once',
	CONSTRAINT ledger_reseller FOREIGN KEY (reseller_id) REFERENCES resellers (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT='append-only';
