-- The certificate of an order is downloaded for the first time.
-- used by: web
-- in:  collected_at, id
-- out: none; 0 affected rows means that it was before
UPDATE orders SET collected_at = ? WHERE id = ? AND collected_at IS NULL
