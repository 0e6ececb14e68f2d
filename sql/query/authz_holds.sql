-- Has an account a valid authorization for an identifier?
-- used by: web
-- in:  account_id, ident_value, ident_type, is_wildcard, expires_at after
-- out: id
SELECT id FROM authzs
WHERE account_id = ? AND ident_value = ? AND ident_type = ? AND is_wildcard = ? AND status = 2 AND deactivated_at IS NULL
	AND expires_at > ?
ORDER BY id DESC LIMIT 1
