-- Record the intent to sign.
-- used by: sign
-- in:  order_id, serial, issuer_id, tbs, created_at
-- out: none; a duplicate key means that one is under way
INSERT INTO issuances (order_id, serial, issuer_id, tbs, created_at) VALUES (?, ?, ?, ?, ?)
