-- Start a subscription.
-- used by: web admin
-- in:  id, binding_id, start_at, end_at, term_years, created_at
-- out: none
INSERT INTO subscriptions (id, binding_id, start_at, end_at, term_years, created_at)
VALUES (?, ?, ?, ?, ?, ?)
