-- Active names of a subscription that contain a text, or nearly, each with the newest order of every account (id to
-- id) that ordered it, newest first; a name that nobody ordered has one row without an order.
-- used by: web
-- in:  subscription_id, name id at least, text, names at most, binding_id, account_id from, account_id to
-- out: as struct last_order
SELECT n.id AS name_id, n.name, n.is_wildcard, o.id AS order_id, o.number, o.status, o.expires_at,
	JSON_VALUE(o.error, '$.type') AS error_type, a.acme_account_id, c.number AS cert_number, c.serial,
	c.not_before_at, c.not_after_at, r.cert_id IS NOT NULL AS is_revoked,
	o.collected_at IS NOT NULL AS is_collected, o.is_burned
FROM (SELECT id FROM subscription_names WHERE subscription_id = ? AND is_active = 1 AND id >= ?
	AND INSTR(CONVERT(CONCAT(CASE is_wildcard WHEN 1 THEN '*.' ELSE '' END, name) USING utf8mb4), ?) > 0
	ORDER BY id LIMIT ?) AS page
	STRAIGHT_JOIN subscription_names n ON n.id = page.id
	LEFT JOIN name_orders x ON x.binding_id = ? AND x.name = n.name AND x.is_wildcard = n.is_wildcard
		AND x.account_id BETWEEN ? AND ?
	LEFT JOIN orders o ON o.id = x.order_id
	LEFT JOIN accounts a ON a.id = o.account_id
	LEFT JOIN certs c ON c.id = o.cert_id
	LEFT JOIN revocations r ON r.cert_id = c.id
ORDER BY n.id, o.id DESC
