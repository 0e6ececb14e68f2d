-- Set the price of a term.
-- used by: admin
-- in:  reseller_id, server_id, kind, years, cents
-- out: none
INSERT INTO prices (reseller_id, server_id, kind, years, cents) VALUES (?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE cents = VALUES(cents)
