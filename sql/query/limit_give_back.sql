-- Authorizations are no longer pending.
-- used by: va
-- in:  step, owner
-- out: none
UPDATE limits SET tat_ms = tat_ms - ? WHERE owner = ? AND kind = 4 AND subject = ''
