-- The newest valid authorization of an account that covers the names below one of some domains.
-- used by: web
-- in:  account_id, eight domains, expires_at after, lowest id
-- out: as struct authz
SELECT id, order_id, account_id, ident_type, ident_value, is_wildcard, covers_subdomains, status, token, offered, active_type,
	key_thumbprint, validated_at, expires_at, deactivated_at, error
FROM authzs
WHERE account_id = ? AND ident_value IN (?, ?, ?, ?, ?, ?, ?, ?) AND covers_subdomains = 1 AND status = 2
	AND deactivated_at IS NULL AND expires_at > ? AND id > ?
ORDER BY id DESC LIMIT 1
