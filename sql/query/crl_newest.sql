-- The newest CRL of a shard.
-- used by: web sign
-- in:  issuer_id, shard
-- out: number, this_update_at, next_update_at, der
SELECT number, this_update_at, next_update_at, der
FROM crls WHERE issuer_id = ? AND shard = ? ORDER BY number DESC LIMIT 1
