-- Valid orders without their certificate.
-- used by: admin
-- in:  none
-- out: n
SELECT COUNT(o.id) AS n FROM orders o LEFT JOIN certs c ON c.id = o.cert_id WHERE o.status = 4 AND c.id IS NULL
