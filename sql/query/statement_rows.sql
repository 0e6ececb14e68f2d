-- Money movements of a time, some at once, behind one of them; with whom and what they were for.
-- used by: admin
-- in:  reseller_id, created_at of that one, to, created_at of that one, id of that one, limit
-- out: id, created_at, cents, cause, reason, type, number, days, key_id, name, is_wildcard
SELECT l.id, l.created_at, l.cents, l.cause, l.reason, t.type, t.number, t.days, b.key_id, n.name, n.is_wildcard
FROM ledger l FORCE INDEX (ledger_time)
	LEFT JOIN transactions t ON t.id = l.transaction_id
	LEFT JOIN subscriptions s ON s.id = t.subscription_id
	LEFT JOIN bindings b ON b.id = s.binding_id
	LEFT JOIN transaction_names n ON n.transaction_id = t.id AND n.cents = t.cents AND t.type <> 2
WHERE l.reseller_id = ? AND l.created_at >= ? AND l.created_at < ? AND (l.created_at > ? OR l.id > ?)
ORDER BY l.created_at, l.id LIMIT ?
