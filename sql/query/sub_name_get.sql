-- An active name of a subscription.
-- used by: web admin
-- in:  subscription_id, name, is_wildcard
-- out: as struct sub_name
SELECT id, name, is_wildcard, is_paid, carrier_id
FROM subscription_names WHERE subscription_id = ? AND name = ? AND is_wildcard = ? AND is_active = 1
