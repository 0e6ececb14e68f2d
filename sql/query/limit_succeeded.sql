-- A validation succeeded: those that failed before no longer count towards a pause.
-- used by: va
-- in:  owner, subject
-- out: none
UPDATE limits SET failures = 0 WHERE owner = ? AND kind = 3 AND subject = ?
