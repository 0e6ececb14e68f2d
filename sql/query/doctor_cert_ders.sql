-- Certificates without their bytes.
-- used by: admin
-- in:  none
-- out: n
SELECT COUNT(c.id) AS n FROM certs c LEFT JOIN cert_ders d ON d.id = c.id WHERE d.id IS NULL
