-- What validators saw for an authorization, oldest first.
-- used by: admin
-- in:  authz_id, lowest id, limit
-- out: as struct trace_step
SELECT method, is_valid AS is_yes, checked_at, record FROM verdicts WHERE authz_id = ? AND id > ? ORDER BY id LIMIT ?
