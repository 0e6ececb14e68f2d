-- All issuers.
-- used by: admin
-- in:  none
-- out: as struct issuer
SELECT id, name, ski, cert, chain FROM issuers ORDER BY id
