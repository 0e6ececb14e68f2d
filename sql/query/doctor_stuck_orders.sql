-- Orders in processing since before a time.
-- used by: admin
-- in:  created_at before
-- out: n
SELECT COUNT(id) AS n FROM orders WHERE status = 3 AND created_at < ?
