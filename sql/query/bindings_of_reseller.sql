-- Bindings of a reseller that have not ended, in the order in which they came.
-- used by: web
-- in:  reseller_id, id at least, limit
-- out: as struct listed_binding
SELECT b.id, b.key_id, b.mac_key, b.mac_key_version, b.is_reusable,
	(SELECT x.last_activity_at FROM accounts x WHERE x.binding_id = b.id
		ORDER BY x.last_activity_at DESC LIMIT 1) AS activity_at
FROM bindings b
WHERE b.reseller_id = ? AND b.id >= ? AND b.status <> 3 ORDER BY b.id LIMIT ?
