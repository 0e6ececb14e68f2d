-- The newest proof of an authorization.
-- used by: sign
-- in:  authz_id, lowest id
-- out: statement, signature
SELECT statement, signature FROM verdicts
WHERE authz_id = ? AND id > ? AND is_valid = 1 ORDER BY id DESC LIMIT 1
