-- Prices of a server that a reseller shall not use any more.
-- used by: admin
-- in:  reseller_id, server_id
DELETE p FROM prices p WHERE p.reseller_id = ? AND p.server_id = ?
AND NOT EXISTS (SELECT 1 FROM bindings b WHERE b.reseller_id = p.reseller_id AND b.server_id = p.server_id)
