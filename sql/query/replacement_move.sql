-- Take over the claim of an order that failed or expired.
-- used by: web
-- in:  order_id, cert_id, now
-- out: none; 0 affected rows means that the claim holds
UPDATE replacements p JOIN orders o ON o.id = p.order_id SET p.order_id = ?
WHERE p.cert_id = ? AND (o.status = 5 OR (o.status IN (1, 2) AND o.expires_at <= ?))
