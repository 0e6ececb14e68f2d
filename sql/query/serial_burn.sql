-- A reserved serial will never be used.
-- used by: sign
-- in:  serial
-- out: none; 0 affected rows means that it was not reserved
UPDATE serials SET status = 3 WHERE serial = ? AND status = 1
