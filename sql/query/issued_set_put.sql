-- An account got a certificate for a set of names.
-- used by: sign
-- in:  account_id, idents_sha256
-- out: none; a duplicate key means that it had one before
INSERT INTO issued_sets (account_id, idents_sha256) VALUES (?, ?)
