-- End accounts of a reseller for good.
-- used by: web
-- in:  reseller_id, binding_id from, binding_id to, id from, id to
-- out: none; affected rows are accounts that had not ended
UPDATE accounts SET status = 4, status_before = NULL
WHERE reseller_id = ? AND binding_id BETWEEN ? AND ? AND id BETWEEN ? AND ? AND status IN (1, 2, 3)
