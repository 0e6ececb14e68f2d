-- Accept a finalize: ready to processing, with the signed request.
-- used by: web
-- in:  finalize_jws, id, account_id, now
-- out: none; 0 affected rows means that the order is not ready, or no longer
UPDATE orders SET status = 3, finalize_jws = ? WHERE id = ? AND account_id = ? AND status = 2 AND expires_at > ?
