-- How many transactions of a subscription are meant.
-- used by: web
-- in:  subscription_id, id at least, created_at at least, created_at at most
-- out: n
SELECT COUNT(id) AS n FROM transactions WHERE subscription_id = ? AND id >= ? AND created_at BETWEEN ? AND ?
