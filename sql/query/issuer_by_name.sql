-- An issuer by name.
-- used by: web sign
-- in:  name
-- out: as struct issuer
SELECT id, name, ski, cert, chain FROM issuers WHERE name = ?
