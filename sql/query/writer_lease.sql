-- Lease a number, only if it is still as it was seen.
-- used by: web va sign admin
-- in:  owner, high_ms, leased_until, id, owner seen, high_ms seen
-- out: none; 0 affected rows means somebody else was faster
UPDATE writers SET owner = ?, high_ms = ?, leased_until = ? WHERE id = ? AND owner = ? AND high_ms = ?
