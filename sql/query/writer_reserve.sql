-- Reserve more time under a lease.
-- used by: web va sign admin
-- in:  high_ms, leased_until, id, owner
-- out: none; 0 affected rows means that the lease was lost
UPDATE writers SET high_ms = ?, leased_until = ? WHERE id = ? AND owner = ?
