-- Remember it.
-- used by: web
-- in:  name_sha256, network, failures, failing_since, locks, locked_until, succeeded_at
-- out: none
INSERT INTO logins (name_sha256, network, failures, failing_since, locks, locked_until, succeeded_at)
VALUES (?, ?, ?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE failures = VALUES(failures), failing_since = VALUES(failing_since), locks = VALUES(locks),
	locked_until = VALUES(locked_until), succeeded_at = VALUES(succeeded_at)
