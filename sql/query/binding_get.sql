-- A binding by its key id.
-- used by: web
-- in:  key_id
-- out: as struct binding
SELECT id, reseller_id, server_id, key_id, mac_key, mac_key_version, term_years, status, is_reusable
FROM bindings WHERE key_id = ?
