-- Transactions that moved another amount than they say, or none; the ledger has at most one row of each.
-- used by: admin
-- in:  none
-- out: n
SELECT COUNT(t.id) AS n FROM transactions t LEFT JOIN ledger l ON l.transaction_id = t.id
WHERE COALESCE(l.cents, 0) <> CASE t.type WHEN 3 THEN t.cents ELSE -t.cents END
