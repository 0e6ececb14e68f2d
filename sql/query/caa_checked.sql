-- When did CAA last permit a name that an authorization covers?  A refusal since then: never.
-- used by: web
-- in:  authz_id, name, lowest id
-- out: caa_checked_at
SELECT IF(is_permitted, checked_at, 0) AS caa_checked_at FROM caa_checks
WHERE authz_id = ? AND name = ? AND id > ? ORDER BY id DESC LIMIT 1
