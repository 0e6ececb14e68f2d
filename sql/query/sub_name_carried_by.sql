-- The active free name that a paid one carries.
-- used by: web
-- in:  carrier_id
-- out: as struct sub_name
SELECT id, name, is_wildcard, is_paid, carrier_id
FROM subscription_names WHERE carrier_id = ? AND is_active = 1
