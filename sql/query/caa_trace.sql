-- What validators saw of CAA for an authorization, oldest first.
-- used by: admin
-- in:  authz_id, lowest id, limit
-- out: as struct trace_step
SELECT 'caa' AS method, is_permitted AS is_yes, checked_at, record FROM caa_checks
WHERE authz_id = ? AND id > ? ORDER BY id LIMIT ?
