-- Record what was bought.
-- used by: web admin
-- in:  id, number, reseller_id, subscription_id, type, cents, days, created_at
-- out: none
INSERT INTO transactions (id, number, reseller_id, subscription_id, type, cents, days, created_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
