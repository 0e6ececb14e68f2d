-- Give up an authorization for good.
-- used by: web
-- in:  deactivated_at, id, account_id, now
-- out: none; 0 affected rows means that it was final
UPDATE authzs SET deactivated_at = ? WHERE id = ? AND account_id = ? AND status IN (1, 2) AND deactivated_at IS NULL
	AND expires_at > ?
