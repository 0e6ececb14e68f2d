-- End the orders of an account that no signer has yet.
-- used by: web
-- in:  error, account_id, id from: orders before it have expired
-- out: none
UPDATE orders SET status = 5, error = ? WHERE account_id = ? AND id > ? AND status IN (1, 2)
