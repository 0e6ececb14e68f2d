-- Paid transactions without their ledger row.
-- used by: admin
-- in:  none
-- out: n
SELECT COUNT(t.id) AS n FROM transactions t LEFT JOIN ledger l ON l.transaction_id = t.id
WHERE t.cents <> 0 AND l.id IS NULL
