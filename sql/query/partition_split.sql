-- Say how a partition for ids below a bound is taken off the last one; partition_alter does it.
-- used by: admin
-- in:  table, day of the bound, bound
-- out: none
SET @alter = CONCAT('SET STATEMENT lock_wait_timeout = 5 FOR ALTER TABLE ', ?, ' REORGANIZE PARTITION pmax INTO (PARTITION p', ?,
	' VALUES LESS THAN (', ?, '), PARTITION pmax VALUES LESS THAN MAXVALUE)')
