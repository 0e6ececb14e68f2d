-- Certificates whose serial is not recorded as used for them.
-- used by: admin
-- in:  none
-- out: n
SELECT COUNT(c.id) AS n FROM certs c LEFT JOIN serials s ON s.serial = c.serial
WHERE s.serial IS NULL OR s.status <> 2 OR s.cert_id <> c.id
