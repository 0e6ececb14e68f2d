-- Never accept a key again.
-- used by: web
-- in:  spki_sha256, reason, created_at
-- out: none; a duplicate key means that it is blocked
INSERT INTO blocked_keys (spki_sha256, reason, created_at) VALUES (?, ?, ?)
