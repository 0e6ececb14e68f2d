-- Record the bytes of a certificate.
-- used by: sign
-- in:  id, der
-- out: none
INSERT INTO cert_ders (id, der) VALUES (?, ?)
