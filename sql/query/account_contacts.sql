-- The contacts of an account in order.
-- used by: web
-- in:  account_id
-- out: contact
SELECT contact FROM account_contacts WHERE account_id = ? ORDER BY position
