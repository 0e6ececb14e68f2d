-- A chain that is offered no more.
-- used by: admin
-- in:  issuer_id, number
-- out: none
DELETE FROM issuer_chains WHERE issuer_id = ? AND number = ?
