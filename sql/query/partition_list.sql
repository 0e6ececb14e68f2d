-- The partitions of a table, in order.
-- used by: admin
-- in:  table
-- out: name; below: its rows' ids are, as text, or MAXVALUE
SELECT PARTITION_NAME AS name, PARTITION_DESCRIPTION AS below FROM information_schema.PARTITIONS
WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ? ORDER BY PARTITION_ORDINAL_POSITION
