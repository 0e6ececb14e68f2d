-- Let a job run again later.
-- used by: va sign
-- in:  run_at, id, owner, epoch
-- out: none; 0 affected rows means somebody else has it
UPDATE jobs SET tries = tries + 1, run_at = ? WHERE id = ? AND owner = ? AND epoch = ? AND is_done = 0
