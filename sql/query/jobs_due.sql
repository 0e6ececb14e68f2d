-- Open jobs of a slot that may run now.
-- used by: va sign
-- in:  owner, now, limit
-- out: as struct job
SELECT id, object_id, epoch, tries, blocks, ring FROM jobs
WHERE owner = ? AND is_done = 0 AND blocked_by = 0 AND run_at <= ? ORDER BY run_at LIMIT ?
