-- Did a certificate among those with lower ids end after that time?
-- used by: admin
-- in:  id, time
-- out: id
SELECT id FROM certs WHERE id < ? AND not_after_at > ? LIMIT 1
