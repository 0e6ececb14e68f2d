-- The number of the newest other chain of an issuer.
-- used by: admin
-- in:  id
-- out: chain_numbers
SELECT chain_numbers FROM issuers WHERE id = ?
