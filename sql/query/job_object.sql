-- What a job is about.
-- used by: va
-- in:  id
-- out: object_id
SELECT object_id FROM jobs WHERE id = ?
