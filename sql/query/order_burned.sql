-- The serial that was reserved for a failed order is burned.
-- used by: sign
-- in:  id
-- out: none
UPDATE orders SET is_burned = 1 WHERE id = ?
