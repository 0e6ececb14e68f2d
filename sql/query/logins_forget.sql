-- Forget what can no longer matter: trust, locks and failures have ended.
-- used by: admin
-- in:  succeeded before, locked before, failing before
-- out: none
DELETE FROM logins WHERE succeeded_at < ? AND locked_until < ? AND failing_since < ? LIMIT 10000
