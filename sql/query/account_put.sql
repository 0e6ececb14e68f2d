-- Add an account that has its key.
-- used by: web
-- in:  id, server_id, binding_id, reseller_id, acme_account_id, key_thumbprint, key_jwk, tos_url, tos_agreed_at, eab, user_agent, ip_address, last_activity_at, created_at
-- out: none; a duplicate key means that the key has an account
INSERT INTO accounts (id, server_id, binding_id, reseller_id, acme_account_id, status, key_thumbprint, key_jwk, tos_url, tos_agreed_at, eab,
	user_agent, ip_address, last_activity_at, created_at)
VALUES (?, ?, ?, ?, ?, 2, ?, ?, ?, ?, ?, ?, ?, ?, ?)
