-- An authorization of an account.
-- used by: web
-- in:  id, account_id
-- out: as struct authz
SELECT id, order_id, account_id, ident_type, ident_value, is_wildcard, covers_subdomains, status, token, offered, active_type,
	key_thumbprint, validated_at, expires_at, deactivated_at, error
FROM authzs WHERE id = ? AND account_id = ?
