-- Publish a CRL.
-- used by: sign
-- in:  issuer_id, shard, number, this_update_at, next_update_at, der
-- out: none
INSERT INTO crls (issuer_id, shard, number, this_update_at, next_update_at, der) VALUES (?, ?, ?, ?, ?, ?)
