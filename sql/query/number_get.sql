-- The first free number of a kind, locked until the block is taken.
-- used by: web sign admin
-- in:  name
-- out: next
SELECT next FROM numbers WHERE name = ? FOR UPDATE
