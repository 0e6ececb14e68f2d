-- Take a name out of its subscription.
-- used by: web
-- in:  removed_at, id
-- out: none; 0 affected rows means that it was out
UPDATE subscription_names SET is_active = NULL, removed_at = ? WHERE id = ? AND is_active = 1
