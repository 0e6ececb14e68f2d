-- The pre-registered account of a binding that still waits for its key.
-- used by: web
-- in:  binding_id
-- out: id, acme_account_id
SELECT id, acme_account_id FROM accounts
WHERE binding_id = ? AND status = 1 AND key_thumbprint IS NULL ORDER BY id LIMIT 1
