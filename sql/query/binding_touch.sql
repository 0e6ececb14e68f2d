-- Note that a binding was used.
-- used by: web
-- in:  last_activity_at, id
-- out: none
UPDATE bindings SET last_activity_at = ? WHERE id = ?
