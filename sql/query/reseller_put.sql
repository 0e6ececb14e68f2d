-- Add a reseller.
-- used by: admin
-- in:  id, login_name, password_hash, currency, credit_limit_cents, created_at
-- out: none
INSERT INTO resellers (id, login_name, password_hash, currency, credit_limit_cents, created_at)
VALUES (?, ?, ?, ?, ?, ?)
