-- Authorizations without their order; those of newAuthz never had one.
-- used by: admin
-- in:  none
-- out: n
SELECT COUNT(z.id) AS n FROM authzs z LEFT JOIN orders o ON o.id = z.order_id WHERE z.order_id <> 0 AND o.id IS NULL
