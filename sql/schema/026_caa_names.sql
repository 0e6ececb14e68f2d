-- CAA of the names that an authorization covers is found by name.
ALTER TABLE caa_checks
	ADD KEY IF NOT EXISTS caa_checks_name (authz_id, name, id),
	DROP KEY IF EXISTS caa_checks_authz,
	ALGORITHM=NOCOPY;
-- Chains that were stored before their numbers were counted have theirs.
UPDATE issuers i SET chain_numbers = GREATEST(chain_numbers,
	(SELECT COALESCE(MAX(c.number), 0) FROM issuer_chains c WHERE c.issuer_id = i.id));
