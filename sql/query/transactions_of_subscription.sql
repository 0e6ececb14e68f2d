-- Transactions of a subscription in the order in which they came, with their names, the dearest first; an extension
-- has too many, and one row without a name.  One that added names that are all out was removed with the last.
-- used by: web
-- in:  subscription_id, id at least, created_at at least, created_at at most, transactions at most
-- out: as struct listed_transaction
SELECT t.id, t.number, t.type, t.cents, t.days, t.created_at,
	CASE t.type WHEN 1 THEN (SELECT CASE WHEN COUNT(removed_at) = COUNT(id) THEN MAX(removed_at) END
		FROM subscription_names WHERE transaction_id = t.id) WHEN 3 THEN t.created_at END AS removed_at,
	x.name, x.is_wildcard
FROM (SELECT id FROM transactions WHERE subscription_id = ? AND id >= ? AND created_at BETWEEN ? AND ?
	ORDER BY id LIMIT ?) AS page
	STRAIGHT_JOIN transactions t ON t.id = page.id
	LEFT JOIN transaction_names x ON x.transaction_id = CASE WHEN t.type <> 2 THEN t.id END
ORDER BY t.id, x.cents DESC, x.name, x.is_wildcard
