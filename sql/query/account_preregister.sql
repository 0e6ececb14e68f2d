-- Add the account of a new binding, without a key.
-- used by: web
-- in:  id, server_id, binding_id, reseller_id, acme_account_id, created_at
-- out: none
INSERT INTO accounts (id, server_id, binding_id, reseller_id, acme_account_id, status, created_at)
VALUES (?, ?, ?, ?, ?, 1, ?)
