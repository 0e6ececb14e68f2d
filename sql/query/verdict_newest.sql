-- The newest proof of an authorization that was not given up.
-- used by: sign
-- in:  authz_id, lowest id
-- out: statement, signature
SELECT v.statement, v.signature FROM verdicts v JOIN authzs z ON z.id = v.authz_id
WHERE v.authz_id = ? AND v.id > ? AND v.is_valid = 1 AND z.deactivated_at IS NULL ORDER BY v.id DESC LIMIT 1
