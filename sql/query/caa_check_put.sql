-- Record what a CAA check saw.
-- used by: va
-- in:  id, authz_id, name, is_permitted, checked_at, statement, signature, record
-- out: none
INSERT INTO caa_checks (id, authz_id, name, is_permitted, checked_at, statement, signature, record)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
