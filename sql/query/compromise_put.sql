-- Note that the key of a revoked certificate is compromised.
-- used by: web
-- in:  cert_id, found_at
-- out: none; a duplicate key means that it was known
INSERT INTO compromises (cert_id, found_at) VALUES (?, ?)
