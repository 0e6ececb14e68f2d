-- A migration was applied.
-- used by: setup
-- in:  number, name, applied_at
-- out: none
INSERT INTO schema_migrations (number, name, applied_at) VALUES (?, ?, ?)
