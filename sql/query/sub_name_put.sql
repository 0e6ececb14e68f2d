-- Add a name to a subscription.
-- used by: web admin
-- in:  id, subscription_id, name, is_wildcard, is_paid, carrier_id or NULL, transaction_id, added_at
-- out: none; a duplicate key means that it is there
INSERT INTO subscription_names (id, subscription_id, name, is_wildcard, is_paid, carrier_id, transaction_id, added_at, is_active)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)
