-- A binding by id, locked: first lock of every transaction that changes what hangs on it.
-- used by: web admin
-- in:  id
-- out: as struct binding
SELECT id, reseller_id, server_id, key_id, mac_key, mac_key_version, term_years, status, is_reusable
FROM bindings WHERE id = ? FOR UPDATE
