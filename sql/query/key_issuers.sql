-- Issuers of the certificates of a key that are not expired.
-- used by: web
-- in:  spki_sha256, now
-- out: issuer_id
SELECT DISTINCT issuer_id FROM certs WHERE spki_sha256 = ? AND not_after_at >= ?
