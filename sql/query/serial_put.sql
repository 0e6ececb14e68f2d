-- Reserve a serial number.
-- used by: sign
-- in:  serial, issuer_id, order_id, created_at
-- out: none; a duplicate key means that it was used before
INSERT INTO serials (serial, issuer_id, order_id, status, created_at) VALUES (?, ?, ?, 1, ?)
