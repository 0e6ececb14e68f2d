-- End the orders, that no signer has yet, of accounts of a reseller that have ended.
-- used by: web
-- in:  error, reseller_id, binding_id from, binding_id to, id from, id to, order id from: orders before it have expired
-- out: none
UPDATE orders o JOIN accounts a ON a.id = o.account_id SET o.status = 5, o.error = ?
WHERE a.reseller_id = ? AND a.binding_id BETWEEN ? AND ? AND a.id BETWEEN ? AND ? AND a.status = 4
	AND o.id > ? AND o.status IN (1, 2)
