-- Rate limits: one row a key, and the sets of names whose renewal is exempt.

CREATE TABLE limits (
	owner               BIGINT UNSIGNED NOT NULL COMMENT 'account id; 0: the subject is an address',
	kind                TINYINT UNSIGNED NOT NULL COMMENT '1 accounts of an address, 2 orders, 3 orders and failures of a name, 4 pending authorizations',
	subject             VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'name or address, or empty',
	tat_ms              BIGINT NOT NULL COMMENT 'theoretical arrival time (GCRA)',
	latest_ms           BIGINT NOT NULL COMMENT 'what it may be at the most',
	failed_ms           BIGINT NOT NULL DEFAULT 0 COMMENT 'theoretical arrival time of failed validations',
	failed_latest_ms    BIGINT NOT NULL,
	failures            INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'validations that failed one after the other',
	pause_at            INT UNSIGNED NOT NULL COMMENT 'so many of them pause the name',
	failing_since       BIGINT NULL COMMENT 'the first of them',
	failed_detail       VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL COMMENT 'why the last one failed',
	PRIMARY KEY (owner, kind, subject),
	KEY limits_failing (owner, failures),
	CONSTRAINT limits_kept CHECK (tat_ms <= latest_ms AND failed_ms <= failed_latest_ms AND failures < pause_at)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE issued_sets (
	account_id          BIGINT UNSIGNED NOT NULL,
	idents_sha256       BINARY(32) NOT NULL COMMENT 'of orders.idents',
	PRIMARY KEY (account_id, idents_sha256)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
	COMMENT='sets of names for which an account had a certificate';
