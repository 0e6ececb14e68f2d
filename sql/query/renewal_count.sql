-- How many certificates of an id range were pulled forward at a time to a window.
-- used by: admin
-- in:  id after, id up to, created_at, start_at, end_at
-- out: n
SELECT COUNT(*) AS n FROM renewals WHERE cert_id > ? AND cert_id <= ? AND created_at = ? AND start_at = ? AND end_at = ?
