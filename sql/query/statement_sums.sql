-- A balance, and how it has moved since two moments.
-- used by: admin
-- in:  from, to, reseller_id
-- out: balance_cents, since_from_cents, since_to_cents
SELECT r.balance_cents,
	CAST((SELECT COALESCE(SUM(l.cents), 0) FROM ledger l FORCE INDEX (ledger_time)
		WHERE l.reseller_id = r.id AND l.created_at >= ?) AS SIGNED) AS since_from_cents,
	CAST((SELECT COALESCE(SUM(l.cents), 0) FROM ledger l FORCE INDEX (ledger_time)
		WHERE l.reseller_id = r.id AND l.created_at >= ?) AS SIGNED) AS since_to_cents
FROM resellers r WHERE r.id = ?
