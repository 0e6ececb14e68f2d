-- Pending orders whose count of missing authorizations is wrong.
-- used by: admin
-- in:  none
-- out: n
SELECT COUNT(o.id) AS n FROM orders o
WHERE o.status = 1 AND o.authz_left <> (SELECT COUNT(z.id) FROM authzs z WHERE z.order_id = o.id AND z.status <> 2)
