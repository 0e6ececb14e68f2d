-- Authorizations without their order.
-- used by: admin
-- in:  none
-- out: n
SELECT COUNT(z.id) AS n FROM authzs z LEFT JOIN orders o ON o.id = z.order_id WHERE o.id IS NULL
