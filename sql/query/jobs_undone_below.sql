-- Is a job undone among those with lower ids?
-- used by: admin
-- in:  id
-- out: id
SELECT id FROM jobs WHERE id < ? AND is_done = 0 LIMIT 1
