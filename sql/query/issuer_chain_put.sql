-- Add another chain under the newest number, unless there are too many.
-- used by: admin
-- in:  chain, created_at, issuer_id, most
-- out: none; 0 affected rows means that there are
INSERT INTO issuer_chains (issuer_id, number, chain, created_at)
SELECT i.id, i.chain_numbers, ?, ? FROM issuers i
WHERE i.id = ? AND (SELECT COUNT(c.number) FROM issuer_chains c WHERE c.issuer_id = i.id) < ?
