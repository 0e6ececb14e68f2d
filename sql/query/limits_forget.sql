-- Forget limits that are whole again.
-- used by: admin
-- in:  before, before
-- out: none
DELETE FROM limits WHERE tat_ms < ? AND failed_ms < ? AND failures = 0 LIMIT 100000
