-- The newest certificate order of each name, whatever the history.

CREATE TABLE name_orders (
	binding_id          BIGINT UNSIGNED NOT NULL,
	name                VARCHAR(253) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'without *.',
	is_wildcard         TINYINT UNSIGNED NOT NULL,
	account_id          BIGINT UNSIGNED NOT NULL,
	order_id            BIGINT UNSIGNED NOT NULL,
	PRIMARY KEY (binding_id, name, is_wildcard, account_id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

ALTER TABLE subscription_names
	DROP COLUMN last_order_id,
	ALGORITHM=INSTANT;
