-- Work between processes, and what makes ids and nonces unique.

CREATE TABLE slots (
	id                  INT UNSIGNED NOT NULL AUTO_INCREMENT,
	host                VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	queue               VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	epoch               INT UNSIGNED NOT NULL COMMENT 'incarnation of its consumer',
	taken_at            BIGINT NOT NULL,
	PRIMARY KEY (id),
	UNIQUE KEY slots_host_queue (host, queue)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE jobs (
	id                  BIGINT UNSIGNED NOT NULL,
	queue               VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	object_id           BIGINT UNSIGNED NOT NULL COMMENT 'authorization or order, as the queue means it',
	owner               INT UNSIGNED NOT NULL COMMENT 'slot; 0 nobody',
	epoch               INT UNSIGNED NOT NULL COMMENT 'of the slot',
	leased_until        BIGINT NOT NULL,
	run_at              BIGINT NOT NULL COMMENT 'not before',
	tries               SMALLINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'ended without a result',
	blocks              BIGINT UNSIGNED NULL COMMENT 'job that waits for the end of this one',
	blocked_by          SMALLINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'jobs that this one waits for',
	ring                INT UNSIGNED NOT NULL COMMENT 'process whose bell is rung at the end, 0 none',
	is_done             TINYINT UNSIGNED NOT NULL DEFAULT 0,
	created_at          BIGINT NOT NULL,
	done_at             BIGINT NULL,
	PRIMARY KEY (id),
	KEY jobs_owner (owner, is_done, run_at),
	KEY jobs_lease (queue, is_done, leased_until)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
PARTITION BY RANGE (id) (
	PARTITION p0 VALUES LESS THAN (1),
	PARTITION pmax VALUES LESS THAN MAXVALUE
);

CREATE TABLE writers (
	id                  SMALLINT UNSIGNED NOT NULL COMMENT '10 bits of every row id',
	owner               BIGINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'random mark of the process that leases it',
	high_ms             BIGINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'no id with a later time was made',
	leased_until        BIGINT NOT NULL DEFAULT 0,
	PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

INSERT INTO writers (id) SELECT seq FROM seq_1_to_1023;

CREATE TABLE numbers (
	name                VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	next                BIGINT UNSIGNED NOT NULL COMMENT 'first number not handed out yet',
	PRIMARY KEY (name)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT='small numbers for the wire, in blocks';

INSERT INTO numbers (name, next) VALUES ('transaction', 70000001), ('order', 800001), ('certificate', 90001);

CREATE TABLE nonces (
	slot                TINYINT UNSIGNED NOT NULL COMMENT 'hour of issue mod 4',
	nonce               BINARY(16) NOT NULL,
	witness             BIGINT UNSIGNED NOT NULL COMMENT 'random mark of the request that spent it',
	PRIMARY KEY (slot, nonce)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT='spent ones'
PARTITION BY LIST (slot) (
	PARTITION h0 VALUES IN (0),
	PARTITION h1 VALUES IN (1),
	PARTITION h2 VALUES IN (2),
	PARTITION h3 VALUES IN (3)
);
