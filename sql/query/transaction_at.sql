-- A transaction of a subscription by its place among those that are meant.
-- used by: web
-- in:  subscription_id, id at least, created_at at least, created_at at most, how many are before it
-- out: id
SELECT id FROM transactions WHERE subscription_id = ? AND id >= ? AND created_at BETWEEN ? AND ?
ORDER BY id LIMIT 1 OFFSET ?
