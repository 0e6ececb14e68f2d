-- Did a certificate among those with lower ids end after that time?
-- used by: admin
-- in:  id, time
-- out: id
SELECT id FROM certs WHERE id < ? AND not_after_at > ? ORDER BY id DESC LIMIT 1
