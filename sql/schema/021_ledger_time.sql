-- What a monthly statement is read by.
ALTER TABLE ledger
	ADD KEY IF NOT EXISTS ledger_time (reseller_id, created_at, id, cents),
	ALGORITHM=NOCOPY;
