-- Note the newest order of an account for a name.
-- used by: web
-- in:  binding_id, name, is_wildcard, account_id, order_id
-- out: none
INSERT INTO name_orders (binding_id, name, is_wildcard, account_id, order_id) VALUES (?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE order_id = GREATEST(order_id, VALUES(order_id))
