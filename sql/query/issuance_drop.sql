-- An issuance is over.
-- used by: sign
-- in:  order_id, serial
-- out: none; 0 affected rows means that there was none
DELETE FROM issuances WHERE order_id = ? AND serial = ?
