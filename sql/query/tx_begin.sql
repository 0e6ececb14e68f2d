-- Begin a transaction; sent as text.
-- used by: none
-- in:  none
-- out: none
START TRANSACTION
