-- Prices of a reseller on a server for one kind of name.
-- used by: web admin
-- in:  reseller_id, server_id, kind
-- out: years, cents
SELECT years, cents FROM prices WHERE reseller_id = ? AND server_id = ? AND kind = ? ORDER BY years
