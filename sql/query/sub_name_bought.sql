-- When and by which order a name was added, and what that cost.
-- used by: web
-- in:  id
-- out: as struct purchase
SELECT n.added_at, t.cents, t.days
FROM subscription_names n JOIN transactions t ON t.id = n.transaction_id WHERE n.id = ?
