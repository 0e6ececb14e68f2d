-- Move the active names of a subscription from one organisation to another.
-- used by: web
-- in:  new anchor, subscription_id, old anchor
-- out: none; affected rows are the names that moved
UPDATE subscription_names SET anchor = ? WHERE subscription_id = ? AND is_active = 1 AND anchor = ?
