-- A certificate of an account with its bytes.
-- used by: web
-- in:  id, account_id
-- out: id, issuer_id, der
SELECT c.id, c.issuer_id, d.der
FROM certs c JOIN cert_ders d ON d.id = c.id
WHERE c.id = ? AND c.account_id = ?
