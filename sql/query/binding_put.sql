-- Add a binding.
-- used by: web
-- in:  id, reseller_id, server_id, key_id, mac_key, mac_key_version, term_years, created_at
-- out: none
INSERT INTO bindings (id, reseller_id, server_id, key_id, mac_key, mac_key_version, term_years, status, created_at)
VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?)
