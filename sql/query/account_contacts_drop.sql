-- Forget the contacts of an account.
-- used by: web
-- in:  account_id
-- out: none
DELETE FROM account_contacts WHERE account_id = ?
