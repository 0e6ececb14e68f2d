-- Give a number back with the time that was really used.
-- used by: web va sign admin
-- in:  high_ms, id, owner
-- out: none
UPDATE writers SET owner = 0, high_ms = ?, leased_until = 0 WHERE id = ? AND owner = ?
