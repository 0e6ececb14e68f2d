-- One job fewer to wait for.
-- used by: va
-- in:  id
-- out: none
UPDATE jobs SET blocked_by = blocked_by - 1 WHERE id = ? AND blocked_by > 0
