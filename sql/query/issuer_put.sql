-- Add an issuer.
-- used by: admin
-- in:  id, name, ski, cert, chain, created_at
-- out: none
INSERT INTO issuers (id, name, ski, cert, chain, created_at) VALUES (?, ?, ?, ?, ?, ?)
