-- What validators saw for an authorization, newest first, and how often in all.
-- used by: admin
-- in:  authz_id, lowest id, authz_id, lowest id, limit
-- out: as struct trace_step
SELECT method, is_valid AS is_yes, checked_at, record,
	(SELECT COUNT(n.id) FROM verdicts n WHERE n.authz_id = ? AND n.id > ?) AS total
FROM verdicts WHERE authz_id = ? AND id > ? ORDER BY id DESC LIMIT ?
