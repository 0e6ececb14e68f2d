-- Begin the validation of an authorization: only one runs at a time.
-- used by: web
-- in:  active_type, key_thumbprint, id, account_id, now
-- out: none; 0 affected rows means that one was begun before, or that it is no longer pending
UPDATE authzs SET active_type = ?, key_thumbprint = ?
WHERE id = ? AND account_id = ? AND status = 1 AND active_type = 0 AND deactivated_at IS NULL AND expires_at > ?
