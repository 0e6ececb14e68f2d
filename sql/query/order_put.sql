-- Add an order.
-- used by: web
-- in:  id, number, account_id, status, authz_left, expires_at, profile, idents, authzs, reused, replaces, not_before_at, not_after_at,
--      created_at
-- out: none
INSERT INTO orders (id, number, account_id, status, authz_left, expires_at, profile, idents, authzs, reused, replaces, not_before_at,
	not_after_at, created_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
