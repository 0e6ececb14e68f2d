-- How many names of a subscription are paid for, FQDNs and wildcards apart.
-- used by: web
-- in:  subscription_id
-- out: as struct billed
SELECT COALESCE(SUM(is_wildcard = 0), 0) AS fqdns, COALESCE(SUM(is_wildcard = 1), 0) AS wildcards
FROM subscription_names WHERE subscription_id = ? AND is_active = 1 AND is_paid = 1
