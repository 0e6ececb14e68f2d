-- The newest migration that was applied.
-- used by: setup
-- in:  none
-- out: number
SELECT COALESCE(MAX(number), 0) AS number FROM schema_migrations
