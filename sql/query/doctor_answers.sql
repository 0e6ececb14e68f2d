-- Keys of calls that were done, without the answer that is kept in the same transaction.
-- used by: admin
-- in:  none
-- out: n
SELECT COUNT(id) AS n FROM answers WHERE body IS NULL OR body_key_version IS NULL
