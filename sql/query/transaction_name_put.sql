-- Record a name that a transaction touched.
-- used by: web admin
-- in:  transaction_id, name, is_wildcard, cents
-- out: none
INSERT INTO transaction_names (transaction_id, name, is_wildcard, cents) VALUES (?, ?, ?, ?)
