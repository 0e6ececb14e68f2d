-- Resellers whose balance is not the sum of their ledger.
-- used by: admin
-- in:  none
-- out: n
SELECT COUNT(r.id) AS n FROM resellers r
WHERE r.balance_cents <> (SELECT COALESCE(SUM(l.cents), 0) FROM ledger l WHERE l.reseller_id = r.id)
