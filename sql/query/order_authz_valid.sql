-- One authorization fewer to wait for; ready at the last one.  Its life ends at most when the validation does.
-- used by: va
-- in:  expires_at at most, id
-- out: none; 0 affected rows means that the order is not pending
UPDATE orders SET status = IF(authz_left = 1, 2, status), authz_left = authz_left - 1, expires_at = LEAST(expires_at, ?)
WHERE id = ? AND status = 1 AND authz_left > 0
