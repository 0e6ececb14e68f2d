-- The issuance of an order that is under way.
-- used by: sign
-- in:  order_id
-- out: serial, issuer_id, tbs
SELECT serial, issuer_id, tbs FROM issuances WHERE order_id = ?
