-- The changes of an account's key, oldest first.
-- used by: sign
-- in:  account_id, limit
-- out: request
SELECT request FROM account_keys WHERE account_id = ? ORDER BY id LIMIT ?
