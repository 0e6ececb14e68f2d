-- Account keys that were changed (RFC 8555 s7.3.5).

CREATE TABLE account_keys (
	id                  BIGINT UNSIGNED NOT NULL,
	account_id          BIGINT UNSIGNED NOT NULL,
	old_thumbprint      BINARY(32) NOT NULL,
	new_thumbprint      BINARY(32) NOT NULL,
	request             MEDIUMBLOB NOT NULL COMMENT 'the signed keyChange request: proof for the signer',
	created_at          BIGINT NOT NULL,
	PRIMARY KEY (id),
	KEY account_keys_account (account_id, id),
	CONSTRAINT account_keys_account FOREIGN KEY (account_id) REFERENCES accounts (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT='append-only';
