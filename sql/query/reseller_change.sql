-- What the operator may change of a reseller.
-- used by: admin
-- in:  password_hash, password_expires_at, is_locked, credit_limit_cents, id
UPDATE resellers SET password_hash = ?, password_expires_at = ?, is_locked = ?, credit_limit_cents = ? WHERE id = ?
