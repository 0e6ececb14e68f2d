-- A certificate of an account with its bytes.
-- used by: web
-- in:  id, account_id
-- out: id, order_id, issuer_id, der, is_collected
SELECT c.id, c.order_id, c.issuer_id, d.der, o.id IS NULL OR o.collected_at IS NOT NULL AS is_collected
FROM certs c JOIN cert_ders d ON d.id = c.id LEFT JOIN orders o ON o.id = c.order_id
WHERE c.id = ? AND c.account_id = ?
