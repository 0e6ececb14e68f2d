-- Record what a validation saw.
-- used by: va
-- in:  id, authz_id, method, is_valid, checked_at, statement, signature, record
-- out: none
INSERT INTO verdicts (id, authz_id, method, is_valid, checked_at, statement, signature, record)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
