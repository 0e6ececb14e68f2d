-- What validators saw of CAA for an authorization, newest first, and how often in all.
-- used by: admin
-- in:  authz_id, lowest id, authz_id, lowest id, limit
-- out: as struct trace_step
SELECT 'caa' AS method, is_permitted AS is_yes, checked_at, record,
	(SELECT COUNT(n.id) FROM caa_checks n WHERE n.authz_id = ? AND n.id > ?) AS total
FROM caa_checks WHERE authz_id = ? AND id > ? ORDER BY id DESC LIMIT ?
