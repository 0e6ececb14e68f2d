-- Add a job, leased at birth to the slot of a host if there is one.
-- used by: web
-- in:  id, queue, object_id, leased_until, run_at, blocks, blocked_by, ring, created_at, name, host, queue
-- out: none
INSERT INTO jobs (id, queue, object_id, owner, epoch, leased_until, run_at, blocks, blocked_by, ring, created_at, name)
SELECT ?, ?, ?, COALESCE(s.id, 0), COALESCE(s.epoch, 0), IF(s.id IS NULL, 0, ?), ?, ?, ?, ?, ?, ?
FROM (SELECT 1 AS one) AS d LEFT JOIN slots s ON s.host = ? AND s.queue = ?
