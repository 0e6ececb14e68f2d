-- Add an authorization.
-- used by: web
-- in:  id, order_id, account_id, ident_type, ident_value, is_wildcard, covers_subdomains, token, offered, expires_at, created_at
-- out: none
INSERT INTO authzs (id, order_id, account_id, ident_type, ident_value, is_wildcard, covers_subdomains, status, token, offered, expires_at, created_at)
VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?)
