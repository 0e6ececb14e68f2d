-- Forget the failed validations of a name.
-- used by: web admin
-- in:  owner, subject
-- out: none; 0 affected rows means that nothing is known of it
UPDATE limits SET failures = 0, failed_ms = 0 WHERE owner = ? AND kind = 3 AND subject = ?
