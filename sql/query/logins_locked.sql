-- The networks that a name is locked for.
-- used by: admin
-- in:  name_sha256, now
-- out: network, locked_until
SELECT network, locked_until FROM logins WHERE name_sha256 = ? AND locked_until > ? ORDER BY network
