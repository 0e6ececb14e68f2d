-- Accounts know their reseller: its lists and its "*" read one index.
ALTER TABLE accounts
	ADD COLUMN reseller_id BIGINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'of its binding' AFTER binding_id,
	ALGORITHM=INSTANT;
UPDATE accounts a JOIN bindings b ON b.id = a.binding_id SET a.reseller_id = b.reseller_id;
ALTER TABLE accounts
	ADD KEY accounts_reseller (reseller_id, id),
	ALGORITHM=NOCOPY;
