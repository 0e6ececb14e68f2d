-- An issuer.
-- used by: web
-- in:  id
-- out: as struct issuer
SELECT id, name, ski, cert, chain FROM issuers WHERE id = ?
