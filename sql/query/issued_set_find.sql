-- Had the account a certificate for exactly this set of names?
-- used by: web
-- in:  account_id, idents_sha256
-- out: account_id
SELECT account_id FROM issued_sets WHERE account_id = ? AND idents_sha256 = ?
