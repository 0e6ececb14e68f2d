-- The state of a limit.
-- used by: web admin
-- in:  owner, kind, subject
-- out: subject, tat_ms, failed_ms, failures, failing_since, failed_detail
SELECT subject, tat_ms, failed_ms, failures, failing_since, failed_detail FROM limits
WHERE owner = ? AND kind = ? AND subject = ?
