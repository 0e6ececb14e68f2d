-- Begin a transaction that only reads, and sees what is there now; sent as text.
-- used by: none
-- in:  none
-- out: none
START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY
