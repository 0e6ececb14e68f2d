-- Revoke a certificate.
-- used by: web
-- in:  cert_id, issuer_id, reason, revoked_at
-- out: none; a duplicate key means that it is revoked
INSERT INTO revocations (cert_id, issuer_id, reason, revoked_at) VALUES (?, ?, ?, ?)
