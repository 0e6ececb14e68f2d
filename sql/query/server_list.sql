-- All ACME servers, DV first.
-- used by: web admin
-- in:  none
-- out: as struct server
SELECT id, name, product_id, product_description, validation_type, profile
FROM servers ORDER BY validation_type, id
