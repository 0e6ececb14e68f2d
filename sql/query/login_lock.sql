-- What is remembered of the logins with a name from a network, locked.
-- used by: web
-- in:  name_sha256, network
-- out: as struct login_record
SELECT failures, failing_since, locks, locked_until, succeeded_at FROM logins
WHERE name_sha256 = ? AND network = ? FOR UPDATE
