-- A number for another chain, that none had before; holds the issuer's row.
-- used by: admin
-- in:  id
-- out: none
UPDATE issuers SET chain_numbers = chain_numbers + 1 WHERE id = ?
