-- Open jobs that were made before a time.
-- used by: admin
-- in:  created_at before
-- out: n
SELECT COUNT(id) AS n FROM jobs WHERE is_done = 0 AND created_at < ?
