-- An issuer by name.
-- used by: web sign admin
-- in:  name
-- out: as struct issuer
SELECT id, name, ski, cert, chain FROM issuers WHERE name = ?
