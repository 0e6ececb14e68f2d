-- Renewal information and what replaces what (RFC 9773).

ALTER TABLE orders
	ADD COLUMN replaces VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'certificate identifier as the client gave it',
	ALGORITHM=INSTANT;

CREATE TABLE replacements (
	cert_id             BIGINT UNSIGNED NOT NULL COMMENT 'the predecessor',
	order_id            BIGINT UNSIGNED NOT NULL COMMENT 'that has the claim, as long as it does not fail',
	created_at          BIGINT NOT NULL,
	PRIMARY KEY (cert_id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE renewals (
	cert_id             BIGINT UNSIGNED NOT NULL,
	start_at            BIGINT NOT NULL,
	end_at              BIGINT NOT NULL,
	explanation_url     VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NULL,
	created_at          BIGINT NOT NULL,
	PRIMARY KEY (cert_id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT='windows that the operator pulled forward';
