-- Is a key blocked?
-- used by: web sign
-- in:  spki_sha256
-- out: found
SELECT 1 AS found FROM blocked_keys WHERE spki_sha256 = ?
