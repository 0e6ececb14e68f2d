-- Take an idempotency key, first of all in its transaction; who comes second waits.
-- used by: web
-- in:  reseller_id, idempotency_key, id, params_sha256, created_at
-- out: none; a duplicate key means that it is another call's
INSERT INTO answers (reseller_id, idempotency_key, id, params_sha256, created_at) VALUES (?, ?, ?, ?, ?)
