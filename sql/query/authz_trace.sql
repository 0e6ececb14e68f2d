-- An authorization with whom it belongs to, for the operator.
-- used by: admin
-- in:  id
-- out: as struct authz_trace
SELECT z.id, z.order_id, z.ident_type, z.ident_value, z.is_wildcard, z.covers_subdomains, z.status, z.offered, z.active_type,
	z.validated_at, z.expires_at, z.deactivated_at, z.error, z.created_at, a.acme_account_id, s.name AS server,
	r.login_name
FROM authzs z JOIN accounts a ON a.id = z.account_id JOIN servers s ON s.id = a.server_id
	LEFT JOIN bindings b ON b.id = a.binding_id LEFT JOIN resellers r ON r.id = b.reseller_id
WHERE z.id = ?
