-- Suspend accounts of a reseller; what they were is kept.
-- used by: web
-- in:  reseller_id, binding_id from, binding_id to, id from, id to
-- out: none; affected rows are accounts that were not suspended
UPDATE accounts SET status_before = status, status = 3
WHERE reseller_id = ? AND binding_id BETWEEN ? AND ? AND id BETWEEN ? AND ? AND status IN (1, 2)
