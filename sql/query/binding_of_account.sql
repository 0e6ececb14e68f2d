-- The binding of any of its accounts, if it is this reseller's.
-- used by: web admin
-- in:  acme_account_id, reseller_id
-- out: as struct binding
SELECT b.id, b.reseller_id, b.server_id, b.key_id, b.mac_key, b.mac_key_version, b.term_years, b.status, b.is_reusable
FROM accounts a JOIN bindings b ON b.id = a.binding_id
WHERE a.acme_account_id = ? AND b.reseller_id = ?
