-- Does the active subscription of a binding hold a name, or (if asked) the wildcard above it?
-- used by: web sign
-- in:  binding_id, now, name, is_wildcard, name above or empty
-- out: id
SELECT n.id
FROM subscriptions s JOIN subscription_names n ON n.subscription_id = s.id
WHERE s.binding_id = ? AND s.end_at >= ? AND n.is_active = 1
	AND ((n.name = ? AND n.is_wildcard = ?) OR (n.name = ? AND n.is_wildcard = 1))
LIMIT 1
