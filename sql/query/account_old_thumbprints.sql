-- The thumbprints of the keys that an account had before, oldest first.
-- used by: va
-- in:  account_id, limit
-- out: thumbprint
SELECT old_thumbprint AS thumbprint FROM account_keys WHERE account_id = ? ORDER BY id LIMIT ?
