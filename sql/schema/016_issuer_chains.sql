-- Other ways from an issuer to a root.

CREATE TABLE issuer_chains (
	issuer_id           BIGINT UNSIGNED NOT NULL,
	number              SMALLINT UNSIGNED NOT NULL COMMENT 'from 1, in URLs',
	chain               MEDIUMBLOB NOT NULL COMMENT 'PEM: another certificate of the issuer and those above, without the root',
	created_at          BIGINT NOT NULL,
	PRIMARY KEY (issuer_id, number)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
