-- All subscriptions of a binding, the oldest first.
-- used by: web
-- in:  binding_id
-- out: as struct subscription
SELECT id, binding_id, start_at, end_at, term_years
FROM subscriptions WHERE binding_id = ? ORDER BY end_at, id
