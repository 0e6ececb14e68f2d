-- May an authorization still be used, and when did CAA last permit its own name?  A refusal since then: never.
-- used by: web
-- in:  lowest id of a check, id, account_id
-- out: as struct freshness
SELECT z.ident_type, z.ident_value, z.is_wildcard, z.covers_subdomains, z.status, z.expires_at, z.deactivated_at,
	(SELECT IF(c.is_permitted, c.checked_at, 0) FROM caa_checks c WHERE c.authz_id = z.id AND c.name = '' AND c.id > ?
		ORDER BY c.id DESC LIMIT 1) AS caa_checked_at
FROM authzs z WHERE z.id = ? AND z.account_id = ?
