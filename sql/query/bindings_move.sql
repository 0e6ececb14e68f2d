-- Move bindings of a reseller to another status: one (id to id) or all.
-- used by: web
-- in:  status to, reseller_id, id from, id to, status from, or status from
-- out: none
UPDATE bindings SET status = ? WHERE reseller_id = ? AND id BETWEEN ? AND ? AND status IN (?, ?)
