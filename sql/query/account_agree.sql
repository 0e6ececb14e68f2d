-- The terms that an account agrees to from now on.
-- used by: web
-- in:  tos_url, now, id
-- out: none
UPDATE accounts SET tos_url = ?, tos_agreed_at = ? WHERE id = ?
