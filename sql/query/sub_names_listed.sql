-- The names of a binding as LISTDOMAINS shows them: each once, with its latest end, in the order in which they came.
-- used by: web
-- in:  binding_id, end_at at least, limit, offset
-- out: as struct listed_name
SELECT n.name, n.is_wildcard, MAX(s.end_at) AS end_at
FROM subscriptions s JOIN subscription_names n ON n.subscription_id = s.id
WHERE s.binding_id = ? AND s.end_at >= ? AND n.is_active = 1
GROUP BY n.name, n.is_wildcard ORDER BY MIN(n.id), n.name LIMIT ? OFFSET ?
