-- Take from a limit; a set of names that was issued before costs nothing.
-- used by: web
-- in:  owner, kind, subject, now, cost, account_id of the set, idents_sha256, latest_ms, failed_latest_ms, pause_at, far, now, now, failed_far
-- out: none; a constraint fails when it is spent, or the name is paused
INSERT INTO limits (owner, kind, subject, tat_ms, latest_ms, failed_latest_ms, pause_at)
VALUES (?, ?, ?, ? + ? * (SELECT COUNT(*) = 0 FROM issued_sets WHERE account_id = ? AND idents_sha256 = ?), ?, ?, ?)
ON DUPLICATE KEY UPDATE tat_ms = GREATEST(IF(tat_ms > ?, 0, tat_ms), ?) + VALUES(tat_ms) - ?, latest_ms = VALUES(latest_ms),
	failed_ms = IF(failed_ms > ?, 0, failed_ms), failed_latest_ms = VALUES(failed_latest_ms), pause_at = VALUES(pause_at)
