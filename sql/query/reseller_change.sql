-- What the operator changes of a reseller: each value behind whether it is changed.
-- used by: admin
-- in:  has, password_hash, has, password_expires_at, has, is_locked, has, credit_limit_cents, has, networks, id
-- out: none
UPDATE resellers SET password_hash = IF(?, ?, password_hash), password_expires_at = IF(?, ?, password_expires_at),
	is_locked = IF(?, ?, is_locked), credit_limit_cents = IF(?, ?, credit_limit_cents),
	networks = IF(?, ?, networks)
WHERE id = ?
