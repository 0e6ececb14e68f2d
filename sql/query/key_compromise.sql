-- Note of all certificates that were revoked for another reason that their key is compromised.
-- used by: web
-- in:  found_at, spki_sha256, now
-- out: none
INSERT IGNORE INTO compromises (cert_id, found_at)
SELECT c.id, ? FROM certs c JOIN revocations r ON r.cert_id = c.id
WHERE c.spki_sha256 = ? AND c.not_after_at >= ? AND r.reason <> 1
