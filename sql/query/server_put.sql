-- Add an ACME server.
-- used by: admin
-- in:  id, name, product_id, product_description, validation_type, profile, created_at
-- out: none
INSERT INTO servers (id, name, product_id, product_description, validation_type, profile, created_at)
VALUES (?, ?, ?, ?, ?, ?, ?)
