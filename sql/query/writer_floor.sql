-- How far ahead any writer has reserved.
-- used by: web va sign admin
-- in:  none
-- out: high_ms
SELECT MAX(high_ms) AS high_ms FROM writers
