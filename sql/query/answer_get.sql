-- What the call with this key was answered.
-- used by: web
-- in:  reseller_id, idempotency_key
-- out: params_sha256, body (wrapped), body_key_version
SELECT params_sha256, body, body_key_version FROM answers WHERE reseller_id = ? AND idempotency_key = ?
