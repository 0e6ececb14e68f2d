-- Writer numbers that nobody leases.
-- used by: web va sign admin
-- in:  now
-- out: id, owner, high_ms of up to 64
SELECT id, owner, high_ms FROM writers WHERE leased_until < ? ORDER BY id LIMIT 64
