-- Remember a certified key.
-- used by: sign
-- in:  key_thumbprint, cert_id
-- out: none; a duplicate key means that it is known
INSERT INTO cert_keys (key_thumbprint, cert_id) VALUES (?, ?)
