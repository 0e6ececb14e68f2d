-- End an account for good.
-- used by: web
-- in:  id
-- out: none; 0 affected rows means that it had ended
UPDATE accounts SET status = 4, status_before = NULL WHERE id = ? AND status IN (2, 3)
