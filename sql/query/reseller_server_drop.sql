-- A server that a reseller shall not use any more: not while it has bindings there.
-- used by: admin
-- in:  reseller_id, server_id
DELETE rs FROM reseller_servers rs WHERE rs.reseller_id = ? AND rs.server_id = ?
AND NOT EXISTS (SELECT 1 FROM bindings b WHERE b.reseller_id = rs.reseller_id AND b.server_id = rs.server_id)
