-- Certificates that are not expired, whose key is compromised, and that are not revoked.
-- used by: admin
-- in:  not_after_at at least
-- out: n
SELECT COUNT(c.id) AS n FROM blocked_keys b JOIN certs c ON c.spki_sha256 = b.spki_sha256
LEFT JOIN revocations r ON r.cert_id = c.id
WHERE c.not_after_at >= ? AND r.cert_id IS NULL
