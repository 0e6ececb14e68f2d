-- What a validator must know of an authorization.
-- used by: va
-- in:  id
-- out: as struct check
SELECT z.id, z.order_id, z.account_id, z.ident_type, z.ident_value, z.is_wildcard, z.covers_subdomains, z.status, z.token, z.active_type,
	z.key_thumbprint, z.expires_at, z.deactivated_at, a.acme_account_id, s.name AS server
FROM authzs z JOIN accounts a ON a.id = z.account_id JOIN servers s ON s.id = a.server_id
WHERE z.id = ?
