-- An order of an account.
-- used by: web
-- in:  id, account_id
-- out: as struct order
SELECT id, number, account_id, status, authz_left, expires_at, profile, idents, authzs, reused, replaces, not_before_at,
	not_after_at, error, cert_id, created_at
FROM orders WHERE id = ? AND account_id = ?
