-- The newest CAA check of an authorization.
-- used by: sign
-- in:  authz_id, lowest id
-- out: statement, signature
SELECT statement, signature FROM caa_checks
WHERE authz_id = ? AND id > ? ORDER BY id DESC LIMIT 1
