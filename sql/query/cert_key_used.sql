-- Is this the key of a certificate?
-- used by: web
-- in:  key_thumbprint
-- out: id
SELECT cert_id AS id FROM cert_keys WHERE key_thumbprint = ?
