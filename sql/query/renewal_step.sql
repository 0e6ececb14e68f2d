-- The last of the next so many certificates of an id range.
-- used by: admin
-- in:  id after, id up to, limit
-- out: id, n
SELECT MAX(id) AS id, COUNT(*) AS n FROM (SELECT id FROM certs WHERE id > ? AND id <= ? ORDER BY id LIMIT ?) x
