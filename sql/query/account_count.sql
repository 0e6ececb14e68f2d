-- How many accounts of a binding have a key.
-- used by: web
-- in:  binding_id
-- out: n
SELECT COUNT(id) AS n FROM accounts WHERE binding_id = ? AND key_thumbprint IS NOT NULL
