-- The newest subscription of a binding.
-- used by: web admin
-- in:  binding_id
-- out: as struct subscription
SELECT id, binding_id, start_at, end_at, term_years
FROM subscriptions WHERE binding_id = ? ORDER BY end_at DESC, id DESC LIMIT 1
