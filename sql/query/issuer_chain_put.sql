-- Add another chain.
-- used by: admin
-- in:  issuer_id, number, chain, created_at
-- out: none
INSERT INTO issuer_chains (issuer_id, number, chain, created_at) VALUES (?, ?, ?, ?)
