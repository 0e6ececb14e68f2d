-- A reserved serial got its certificate.
-- used by: sign
-- in:  cert_id, serial
-- out: none; 0 affected rows means that it was not reserved
UPDATE serials SET status = 2, cert_id = ? WHERE serial = ? AND status = 1
