-- Keep what the call that took the key is answered.
-- used by: web
-- in:  body (wrapped), body_key_version, reseller_id, idempotency_key
-- out: none
UPDATE answers SET body = ?, body_key_version = ? WHERE reseller_id = ? AND idempotency_key = ?
