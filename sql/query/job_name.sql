-- The covered name that a job of the queue caa looks at; empty: the one of its authorization.
-- used by: va
-- in:  id
-- out: name
SELECT name FROM jobs WHERE id = ?
