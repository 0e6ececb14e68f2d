-- The same, of those that touched a name; an extension has only that name, and what it cost.
-- used by: web
-- in:  name, is_wildcard, subscription_id, id at least, created_at at least, created_at at most, transactions at most
-- out: as struct listed_transaction
SELECT t.id, t.number, t.type, CASE t.type WHEN 2 THEN page.cents ELSE t.cents END AS cents, t.days, t.created_at,
	CASE t.type WHEN 1 THEN (SELECT CASE WHEN COUNT(removed_at) = COUNT(id) THEN MAX(removed_at) END
		FROM subscription_names WHERE transaction_id = t.id) WHEN 3 THEN t.created_at END AS removed_at,
	COALESCE(x.name, page.name) AS name, COALESCE(x.is_wildcard, page.is_wildcard) AS is_wildcard
FROM (SELECT m.transaction_id, m.name, m.is_wildcard, m.cents
	FROM transaction_names m JOIN transactions o ON o.id = m.transaction_id
	WHERE m.name = ? AND m.is_wildcard = ? AND o.subscription_id = ? AND m.transaction_id >= ?
		AND o.created_at BETWEEN ? AND ?
	ORDER BY m.transaction_id LIMIT ?) AS page
	STRAIGHT_JOIN transactions t ON t.id = page.transaction_id
	LEFT JOIN transaction_names x ON x.transaction_id = CASE WHEN t.type <> 2 THEN t.id END
ORDER BY t.id, x.cents DESC, x.name, x.is_wildcard
