-- The validation of an authorization failed for good.
-- used by: va
-- in:  error, id
-- out: none; 0 affected rows means that it is no longer pending
UPDATE authzs SET status = 3, error = ? WHERE id = ? AND status = 1 AND deactivated_at IS NULL
