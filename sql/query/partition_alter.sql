-- Do what was said last; sent as text.  Who waits for the table's lock stops those behind it: not for long.
-- used by: none
-- in:  none
-- out: none
EXECUTE IMMEDIATE @alter
