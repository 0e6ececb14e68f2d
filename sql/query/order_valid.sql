-- An order got its certificate.
-- used by: sign
-- in:  cert_id, id
-- out: none; 0 affected rows means that it was not processing
UPDATE orders SET status = 4, cert_id = ? WHERE id = ? AND status = 3
