-- Claim a certificate for the order that replaces it.
-- used by: web
-- in:  cert_id, order_id, created_at
-- out: none
INSERT INTO replacements (cert_id, order_id, created_at) VALUES (?, ?, ?)
