-- Forget some answers that are too old.
-- used by: admin
-- in:  before
-- out: none; 10000 affected rows mean that there may be more
DELETE FROM answers WHERE created_at < ? LIMIT 10000
