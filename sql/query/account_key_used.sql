-- Is this the key of an account, of any server?
-- used by: web sign
-- in:  key_thumbprint
-- out: id
SELECT id FROM accounts WHERE key_thumbprint = ? LIMIT 1
