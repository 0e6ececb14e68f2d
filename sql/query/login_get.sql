-- A reseller by login name (case sensitive), and what is remembered of the name.
-- used by: web
-- in:  login_name, name_sha256, network, name_sha256
-- out: as struct login; an id that is NULL: there is no such name
SELECT r.id, r.login_name, r.password_hash, r.password_expires_at, r.is_locked, r.currency, r.balance_cents, r.credit_limit_cents,
	r.networks, l.failures, l.failing_since, l.locks, l.locked_until, l.succeeded_at,
	e.failures AS all_failures, e.failing_since AS all_failing_since
FROM (SELECT 1) one
LEFT JOIN resellers r ON r.login_name = ?
LEFT JOIN logins l ON l.name_sha256 = ? AND l.network = ?
LEFT JOIN logins e ON e.name_sha256 = ? AND e.network = ''
