-- The bytes of a certificate.
-- used by: sign
-- in:  serial
-- out: der
SELECT d.der FROM serials s JOIN cert_ders d ON d.id = s.cert_id WHERE s.serial = ?
