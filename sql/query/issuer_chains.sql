-- The other chains of an issuer.
-- used by: web admin
-- in:  issuer_id
-- out: as struct issuer_chain
SELECT number, chain FROM issuer_chains WHERE issuer_id = ? ORDER BY number
