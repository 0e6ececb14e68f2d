-- Count a failed validation.
-- used by: va
-- in:  owner, subject, failed_ms of the first, failing_since, failed_detail, now, step, the most
-- out: none
INSERT INTO limits (owner, kind, subject, tat_ms, latest_ms, failed_ms, failed_latest_ms, failures, pause_at, failing_since, failed_detail)
VALUES (?, 3, ?, 0, 0, ?, 9223372036854775807, 1, 4294967295, ?, ?)
ON DUPLICATE KEY UPDATE failed_ms = LEAST(GREATEST(failed_ms, ?) + ?, ?), failed_latest_ms = VALUES(failed_latest_ms),
	failing_since = IF(failures = 0, VALUES(failing_since), failing_since), failures = failures + 1,
	pause_at = VALUES(pause_at), failed_detail = VALUES(failed_detail)
