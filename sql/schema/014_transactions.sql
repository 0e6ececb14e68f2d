-- What LISTTRANSACTIONS is read by: by subscription, by name, and both by time.
ALTER TABLE transactions
	ADD KEY transactions_listed (subscription_id, id, created_at),
	DROP KEY transactions_subscription,
	ALGORITHM=NOCOPY;
ALTER TABLE transaction_names
	ADD KEY transaction_names_listed (name, is_wildcard, transaction_id),
	ALGORITHM=NOCOPY;
