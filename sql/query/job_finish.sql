-- End a job.
-- used by: va sign
-- in:  done_at, id, owner, epoch
-- out: none; 0 affected rows means somebody else has it: roll back
UPDATE jobs SET is_done = 1, done_at = ? WHERE id = ? AND owner = ? AND epoch = ? AND is_done = 0
