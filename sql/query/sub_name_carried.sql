-- How many active free names a paid one carries.
-- used by: web admin
-- in:  carrier_id
-- out: n
SELECT COUNT(id) AS n FROM subscription_names WHERE carrier_id = ? AND is_active = 1
