-- Note that an account was used.
-- used by: web
-- in:  user_agent, ip_address, last_activity_at, id
-- out: none
UPDATE accounts SET user_agent = ?, ip_address = ?, last_activity_at = ? WHERE id = ?
