-- Forget the wrong passwords of a name.
-- used by: admin
-- in:  name_sha256
-- out: none
UPDATE logins SET failures = 0, locks = 0, locked_until = 0 WHERE name_sha256 = ?
