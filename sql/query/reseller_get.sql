-- A reseller by login name (case sensitive).
-- used by: admin
-- in:  login_name
-- out: as struct reseller
SELECT id, login_name, password_hash, password_expires_at, is_locked, currency, balance_cents, credit_limit_cents, networks
FROM resellers WHERE login_name = ?
