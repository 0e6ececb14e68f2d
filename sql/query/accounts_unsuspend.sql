-- Make suspended accounts of a reseller again what they were.
-- used by: web
-- in:  reseller_id, binding_id from, binding_id to, id from, id to
-- out: none; affected rows are accounts that were suspended
UPDATE accounts SET status = status_before, status_before = NULL
WHERE reseller_id = ? AND binding_id BETWEEN ? AND ? AND id BETWEEN ? AND ? AND status = 3
