-- Tell what happened, in the transaction that does it.
-- used by: web va sign admin
-- in:  id, at, actor, event, object_id, detail
-- out: none
INSERT INTO audit (id, at, actor, event, object_id, detail) VALUES (?, ?, ?, ?, ?, ?)
