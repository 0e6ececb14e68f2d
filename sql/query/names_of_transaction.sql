-- Names that a transaction touched, in their order, behind one of them.
-- used by: web
-- in:  transaction_id, name, the same name, is_wildcard, limit
-- out: as struct touched_name
SELECT name, is_wildcard
FROM transaction_names WHERE transaction_id = ? AND name >= ? AND (name <> ? OR is_wildcard > ?)
ORDER BY name, is_wildcard LIMIT ?
