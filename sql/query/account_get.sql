-- An account by the last part of its URL.
-- used by: web admin
-- in:  acme_account_id
-- out: as struct account
SELECT a.id, a.server_id, a.binding_id, a.acme_account_id, a.status, b.status AS binding_status,
	a.key_thumbprint, a.key_jwk, a.tos_url, a.eab
FROM accounts a JOIN bindings b ON b.id = a.binding_id
WHERE a.acme_account_id = ?
