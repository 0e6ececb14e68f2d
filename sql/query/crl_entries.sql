-- Revoked certificates of a shard that a CRL must still list.
-- used by: sign
-- in:  issuer_id, crl_shard, not_after_at at least
-- out: serial, revoked_at, revoke_reason
SELECT serial, revoked_at, revoke_reason
FROM certs WHERE issuer_id = ? AND crl_shard = ? AND status = 2 AND not_after_at >= ?
ORDER BY id
