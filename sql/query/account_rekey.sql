-- Give an account another key, if it still has the one that signed.
-- used by: web
-- in:  key_thumbprint, key_jwk, id, key_thumbprint before
-- out: none; 0 affected rows means somebody else was faster, a duplicate key that the key has an account
UPDATE accounts SET key_thumbprint = ?, key_jwk = ? WHERE id = ? AND key_thumbprint = ? AND status IN (2, 3)
