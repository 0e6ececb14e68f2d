-- Record a money movement.
-- used by: web admin
-- in:  id, reseller_id, cents (signed), cause, transaction_id or NULL, reason, created_at
-- out: none
INSERT INTO ledger (id, reseller_id, cents, cause, transaction_id, reason, created_at)
VALUES (?, ?, ?, ?, ?, ?, ?)
