-- Did this very call take the key?
-- used by: web
-- in:  reseller_id, idempotency_key, id, params_sha256, created_at
-- out: found
SELECT 1 AS found FROM answers
WHERE reseller_id = ? AND idempotency_key = ? AND id = ? AND params_sha256 = ? AND created_at = ?
