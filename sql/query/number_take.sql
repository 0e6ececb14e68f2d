-- Take a block of numbers.
-- used by: web sign admin
-- in:  count, name
-- out: none
UPDATE numbers SET next = next + ? WHERE name = ?
