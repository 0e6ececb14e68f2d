-- The newest CAA check of a name that an authorization covers, or (empty) of its own.
-- used by: sign
-- in:  authz_id, name, lowest id
-- out: statement, signature
SELECT statement, signature FROM caa_checks
WHERE authz_id = ? AND name = ? AND id > ? ORDER BY id DESC LIMIT 1
