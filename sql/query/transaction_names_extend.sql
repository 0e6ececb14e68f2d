-- Record every name of a subscription with its share of an extension: a free one's is 0.
-- used by: web
-- in:  transaction_id, cents a wildcard, cents an FQDN, subscription_id
-- out: none
INSERT INTO transaction_names (transaction_id, name, is_wildcard, cents)
SELECT ?, name, is_wildcard, CASE WHEN is_paid = 0 THEN 0 WHEN is_wildcard = 1 THEN ? ELSE ? END
FROM subscription_names WHERE subscription_id = ? AND is_active = 1
