-- What happened, told by the transaction that did it.

CREATE TABLE audit (
	id                  BIGINT UNSIGNED NOT NULL,
	at                  BIGINT NOT NULL,
	actor               VARCHAR(96) NOT NULL COMMENT 'account, reseller, process or operator',
	event               VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	object_id           BIGINT UNSIGNED NOT NULL COMMENT 'row that it is about, 0 none',
	detail              TEXT NOT NULL,
	PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT='append-only'
PARTITION BY RANGE (id) (
	PARTITION p0 VALUES LESS THAN (1),
	PARTITION pmax VALUES LESS THAN MAXVALUE
);
