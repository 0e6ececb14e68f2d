-- Keep a change of key with the request that proves it.
-- used by: web
-- in:  id, account_id, old_thumbprint, new_thumbprint, request, created_at
-- out: none
INSERT INTO account_keys (id, account_id, old_thumbprint, new_thumbprint, request, created_at) VALUES (?, ?, ?, ?, ?, ?)
