-- Make an order invalid only if it still has the status we saw.
-- used by: web va sign
-- in:  error, id, status from
-- out: none; 0 affected rows means somebody else moved it first
UPDATE orders SET status = 5, error = ? WHERE id = ? AND status = ?
