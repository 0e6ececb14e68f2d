-- Add a contact.
-- used by: web
-- in:  account_id, position, contact
-- out: none
INSERT INTO account_contacts (account_id, position, contact) VALUES (?, ?, ?)
