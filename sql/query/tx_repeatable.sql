-- The next transaction sees one moment; sent as text.
-- used by: none
-- in:  none
-- out: none
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ
