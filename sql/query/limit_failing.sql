-- The names of an account whose last validations failed, the worst first.
-- used by: web admin
-- in:  owner, max
-- out: subject, tat_ms, failed_ms, failures, failing_since, failed_detail
SELECT subject, tat_ms, failed_ms, failures, failing_since, failed_detail FROM limits
WHERE owner = ? AND failures > 0 ORDER BY failures DESC LIMIT ?
