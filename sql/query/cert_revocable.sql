-- A certificate by its serial, with what is known of its revocation.
-- used by: web
-- in:  serial
-- out: as struct revocable
SELECT c.id, c.account_id, c.issuer_id, c.not_after_at, d.der, r.cert_id IS NOT NULL AS is_revoked,
	k.cert_id IS NOT NULL OR COALESCE(r.reason, 0) = 1 AS is_compromised
FROM serials s JOIN certs c ON c.id = s.cert_id JOIN cert_ders d ON d.id = c.id
LEFT JOIN revocations r ON r.cert_id = c.id LEFT JOIN compromises k ON k.cert_id = c.id
WHERE s.serial = ?
