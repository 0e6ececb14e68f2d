-- Revoke all certificates of a compromised key that are not expired, those but that are revoked already.
-- used by: web
-- in:  revoked_at, spki_sha256, now
-- out: none
INSERT IGNORE INTO revocations (cert_id, issuer_id, reason, revoked_at)
SELECT id, issuer_id, 1, ? FROM certs WHERE spki_sha256 = ? AND not_after_at >= ?
