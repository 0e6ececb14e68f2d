-- All resellers by name.
-- used by: admin
-- in:  none
-- out: as struct reseller
SELECT id, login_name, password_hash, password_expires_at, is_locked, currency, balance_cents, credit_limit_cents, networks
FROM resellers ORDER BY login_name
