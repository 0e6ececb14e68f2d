-- Say how a partition is dropped; partition_alter does it.
-- used by: admin
-- in:  table, partition
-- out: none
SET @alter = CONCAT('SET STATEMENT lock_wait_timeout = 5 FOR ALTER TABLE ', ?, ' DROP PARTITION ', ?)
