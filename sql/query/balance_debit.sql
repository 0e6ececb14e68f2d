-- Take from a balance if it and the credit limit suffice.
-- used by: web admin
-- in:  cents, reseller_id, cents
-- out: none; 0 affected rows means not enough
UPDATE resellers SET balance_cents = balance_cents - ?
WHERE id = ? AND balance_cents + credit_limit_cents >= ?
