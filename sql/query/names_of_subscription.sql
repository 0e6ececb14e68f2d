-- Active names of a subscription in the order in which they came.
-- used by: web
-- in:  subscription_id, id at least, limit, offset
-- out: as struct listed_name
SELECT n.id, n.name, n.is_wildcard, n.anchor
FROM (SELECT id FROM subscription_names WHERE subscription_id = ? AND is_active = 1 AND id >= ?
	ORDER BY id LIMIT ? OFFSET ?) AS page
	STRAIGHT_JOIN subscription_names n ON n.id = page.id
ORDER BY n.id
