-- Open jobs of a queue whose lease has run out.
-- used by: va sign
-- in:  queue, now, own slot, limit
-- out: id, owner, epoch
SELECT id, owner, epoch FROM jobs
WHERE queue = ? AND is_done = 0 AND leased_until < ? AND owner <> ? LIMIT ?
