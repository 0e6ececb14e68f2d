-- Revoked certificates of a shard that a CRL must still list.
-- used by: sign
-- in:  issuer_id, crl_shard, not_after_at at least
-- out: serial, revoked_at, revoke_reason
SELECT c.serial, r.revoked_at, IF(k.cert_id IS NULL, r.reason, 1) AS revoke_reason
FROM revocations r JOIN certs c ON c.id = r.cert_id LEFT JOIN compromises k ON k.cert_id = r.cert_id
WHERE r.issuer_id = ? AND c.crl_shard = ? AND c.not_after_at >= ?
ORDER BY r.cert_id
