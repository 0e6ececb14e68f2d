-- Accounts of a reseller in the order in which they came.
-- used by: web
-- in:  reseller_id, id at least, limit, offset
-- out: as struct listed_account
SELECT a.id, a.acme_account_id, a.status, a.user_agent, a.ip_address, a.last_activity_at AS activity_at,
	(SELECT x.last_activity_at FROM accounts x WHERE x.binding_id = a.binding_id
		ORDER BY x.last_activity_at DESC LIMIT 1) AS eab_activity_at,
	b.key_id, b.mac_key, b.mac_key_version
FROM (SELECT id FROM accounts WHERE reseller_id = ? AND id >= ? ORDER BY id LIMIT ? OFFSET ?) AS page
	STRAIGHT_JOIN accounts a ON a.id = page.id STRAIGHT_JOIN bindings b ON b.id = a.binding_id
ORDER BY a.id
