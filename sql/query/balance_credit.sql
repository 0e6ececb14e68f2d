-- Add to a balance, whatever it is.
-- used by: web admin
-- in:  cents, reseller_id
-- out: none
UPDATE resellers SET balance_cents = balance_cents + ? WHERE id = ?
