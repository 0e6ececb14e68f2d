-- The newest rows of the audit, newest first.
-- used by: admin
-- in:  id at least, from, to, actor or '', actor, event or '', event, event, limit
-- out: id, at, actor, event, object_id, detail
SELECT id, at, actor, event, object_id, detail FROM audit
WHERE id >= ? AND at >= ? AND at <= ? AND (? = '' OR actor = ?)
	AND (? = '' OR LEFT(event, CHAR_LENGTH(?)) = ?)
ORDER BY id DESC LIMIT ?
