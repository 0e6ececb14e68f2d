-- What the lists of the partner API are read by.

-- When a binding was used last is when one of its accounts was.
ALTER TABLE accounts
	ADD KEY accounts_activity (binding_id, last_activity_at),
	ALGORITHM=NOCOPY;
ALTER TABLE bindings
	DROP COLUMN last_activity_at,
	ALGORITHM=INSTANT;
-- Active names in the order in which they came.
ALTER TABLE subscription_names
	ADD KEY subscription_names_listed (subscription_id, is_active, id),
	ALGORITHM=NOCOPY;
