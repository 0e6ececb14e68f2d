-- Newest orders of an account that are not invalid, before one.
-- used by: web
-- in:  account_id, id before, now, limit
-- out: id
SELECT id FROM orders
WHERE account_id = ? AND id < ? AND (status IN (3, 4) OR (status IN (1, 2) AND expires_at > ?))
ORDER BY id DESC LIMIT ?
