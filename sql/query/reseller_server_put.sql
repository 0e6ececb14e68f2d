-- Let a reseller use a server.
-- used by: admin
-- in:  reseller_id, server_id
-- out: none
INSERT INTO reseller_servers (reseller_id, server_id) VALUES (?, ?)
