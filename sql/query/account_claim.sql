-- Give the pre-registered account its key.
-- used by: web
-- in:  key_thumbprint, key_jwk, tos_url, tos_agreed_at, eab, user_agent, ip_address, last_activity_at, id
-- out: none; 0 affected rows means somebody else was faster, a duplicate key that the key has an account
UPDATE accounts SET status = 2, key_thumbprint = ?, key_jwk = ?, tos_url = ?, tos_agreed_at = ?, eab = ?,
	user_agent = ?, ip_address = ?, last_activity_at = ?
WHERE id = ? AND status = 1 AND key_thumbprint IS NULL
