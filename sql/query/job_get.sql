-- A job that a bell named, if it is this slot's and open.
-- used by: va sign
-- in:  id, owner, now
-- out: as struct job
SELECT id, object_id, epoch, tries, blocks, ring FROM jobs
WHERE id = ? AND owner = ? AND is_done = 0 AND blocked_by = 0 AND run_at <= ?
