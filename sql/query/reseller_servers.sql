-- The servers that a reseller may use, DV first.
-- used by: web admin
-- in:  reseller_id
-- out: as struct server
SELECT s.id, s.name, s.product_id, s.product_description, s.validation_type, s.profile
FROM reseller_servers r JOIN servers s ON s.id = r.server_id
WHERE r.reseller_id = ? ORDER BY s.validation_type, s.id
