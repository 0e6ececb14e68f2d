-- The newest valid authorization of an account for an identifier.
-- used by: web
-- in:  account_id, ident_value, ident_type, is_wildcard, expires_at after, lowest id
-- out: as struct authz
SELECT id, order_id, account_id, ident_type, ident_value, is_wildcard, covers_subdomains, status, token, offered, active_type,
	key_thumbprint, validated_at, expires_at, deactivated_at, error
FROM authzs
WHERE account_id = ? AND ident_value = ? AND ident_type = ? AND is_wildcard = ? AND status = 2 AND deactivated_at IS NULL
	AND expires_at > ? AND id > ?
ORDER BY id DESC LIMIT 1
