-- The least rights of each role, on the default database; sql/grants.md is the
-- same as a matrix.  A test takes every right away in turn and sees that a
-- statement of the role can then no longer be prepared.

-- caas_web: the responders
GRANT SELECT (id, owner, high_ms, leased_until), UPDATE (owner, high_ms, leased_until) ON writers TO caas_web;
GRANT SELECT (name, next), UPDATE (next) ON numbers TO caas_web;
GRANT SELECT (slot, nonce, witness), INSERT (slot, nonce, witness) ON nonces TO caas_web;
GRANT SELECT (id, host, queue, epoch) ON slots TO caas_web;
GRANT INSERT (id, queue, object_id, owner, epoch, leased_until, run_at, blocks, blocked_by, ring, created_at, name) ON jobs TO caas_web;
GRANT SELECT (id, name, product_id, product_description, validation_type, profile) ON servers TO caas_web;
GRANT SELECT (id, login_name, password_hash, password_expires_at, is_locked, currency, balance_cents, credit_limit_cents, networks),
	UPDATE (balance_cents) ON resellers TO caas_web;
GRANT SELECT (name_sha256, network, failures, failing_since, locks, locked_until, succeeded_at),
	INSERT (name_sha256, network, failures, failing_since, locks, locked_until, succeeded_at),
	UPDATE (name_sha256, network, failures, failing_since, locks, locked_until, succeeded_at) ON logins TO caas_web;
GRANT SELECT (reseller_id, server_id) ON reseller_servers TO caas_web;
GRANT SELECT (reseller_id, server_id, kind, years, cents) ON prices TO caas_web;
GRANT INSERT (id, reseller_id, cents, cause, transaction_id, reason, created_at) ON ledger TO caas_web;
GRANT SELECT (id, reseller_id, server_id, key_id, mac_key, mac_key_version, term_years, status, is_reusable),
	INSERT (id, reseller_id, server_id, key_id, mac_key, mac_key_version, term_years, status, created_at),
	UPDATE (status) ON bindings TO caas_web;
GRANT SELECT (id, binding_id, start_at, end_at, term_years),
	INSERT (id, binding_id, start_at, end_at, term_years, created_at),
	UPDATE (end_at, term_years) ON subscriptions TO caas_web;
GRANT SELECT (id, subscription_id, name, is_wildcard, is_paid, carrier_id, transaction_id, added_at, removed_at, is_active,
		anchor),
	INSERT (id, subscription_id, name, is_wildcard, is_paid, carrier_id, transaction_id, added_at, is_active),
	UPDATE (is_active, removed_at, anchor) ON subscription_names TO caas_web;
GRANT SELECT (binding_id, name, is_wildcard, account_id, order_id),
	INSERT (binding_id, name, is_wildcard, account_id, order_id),
	UPDATE (binding_id, name, is_wildcard, account_id, order_id) ON name_orders TO caas_web;
GRANT SELECT (id, number, subscription_id, type, cents, days, created_at),
	INSERT (id, number, reseller_id, subscription_id, type, cents, days, created_at) ON transactions TO caas_web;
GRANT SELECT (transaction_id, name, is_wildcard, cents), INSERT (transaction_id, name, is_wildcard, cents)
	ON transaction_names TO caas_web;
GRANT SELECT (id, server_id, binding_id, reseller_id, acme_account_id, status, status_before, key_thumbprint, key_jwk, tos_url, eab,
		user_agent, ip_address, last_activity_at),
	INSERT (id, server_id, binding_id, reseller_id, acme_account_id, status, key_thumbprint, key_jwk, tos_url, tos_agreed_at, eab,
		user_agent, ip_address, last_activity_at, created_at),
	UPDATE (status, status_before, key_thumbprint, key_jwk, tos_url, tos_agreed_at, eab, user_agent, ip_address, last_activity_at)
	ON accounts TO caas_web;
GRANT SELECT (account_id, position, contact), INSERT (account_id, position, contact), DELETE ON account_contacts TO caas_web;
GRANT INSERT (id, account_id, old_thumbprint, new_thumbprint, request, created_at) ON account_keys TO caas_web;
GRANT SELECT (id, number, account_id, status, authz_left, expires_at, profile, idents, authzs, reused, replaces, not_before_at,
		not_after_at, error, cert_id, created_at, collected_at, is_burned),
	INSERT (id, number, account_id, status, authz_left, expires_at, profile, idents, authzs, reused, replaces, not_before_at,
		not_after_at, created_at),
	UPDATE (status, finalize_jws, error, collected_at) ON orders TO caas_web;
GRANT SELECT (id, order_id, account_id, ident_type, ident_value, is_wildcard, covers_subdomains, status, token, offered,
		active_type, key_thumbprint, validated_at, expires_at, deactivated_at, error),
	INSERT (id, order_id, account_id, ident_type, ident_value, is_wildcard, covers_subdomains, status, token, offered,
		expires_at, created_at),
	UPDATE (active_type, key_thumbprint, deactivated_at) ON authzs TO caas_web;
GRANT SELECT (id, authz_id, name, is_permitted, checked_at) ON caa_checks TO caas_web;
GRANT SELECT (id, name, ski, cert, chain) ON issuers TO caas_web;
GRANT SELECT (issuer_id, number, chain) ON issuer_chains TO caas_web;
GRANT SELECT (id, number, order_id, account_id, issuer_id, serial, not_before_at, not_after_at, spki_sha256) ON certs TO caas_web;
GRANT SELECT (cert_id, start_at, end_at, explanation_url) ON renewals TO caas_web;
GRANT SELECT (cert_id, order_id), INSERT (cert_id, order_id, created_at), UPDATE (order_id) ON replacements TO caas_web;
GRANT SELECT (serial, cert_id) ON serials TO caas_web;
GRANT SELECT (cert_id, reason, revoked_at), INSERT (cert_id, issuer_id, reason, revoked_at) ON revocations TO caas_web;
GRANT SELECT (cert_id), INSERT (cert_id, found_at) ON compromises TO caas_web;
GRANT SELECT (id, der) ON cert_ders TO caas_web;
GRANT SELECT (key_thumbprint, cert_id) ON cert_keys TO caas_web;
GRANT SELECT (spki_sha256), INSERT (spki_sha256, reason, created_at) ON blocked_keys TO caas_web;
GRANT SELECT (issuer_id, shard, number, this_update_at, next_update_at, der) ON crls TO caas_web;
GRANT INSERT (id, at, actor, event, object_id, detail) ON audit TO caas_web;
GRANT SELECT (reseller_id, idempotency_key, id, params_sha256, created_at, body, body_key_version),
	INSERT (reseller_id, idempotency_key, id, params_sha256, created_at),
	UPDATE (body, body_key_version) ON answers TO caas_web;
GRANT SELECT (owner, kind, subject, tat_ms, latest_ms, failed_ms, failed_latest_ms, failures, pause_at, failing_since, failed_detail),
	INSERT (owner, kind, subject, tat_ms, latest_ms, failed_latest_ms, pause_at),
	UPDATE (owner, kind, subject, tat_ms, latest_ms, failed_ms, failed_latest_ms, failures, pause_at) ON limits TO caas_web;
GRANT SELECT (account_id, idents_sha256) ON issued_sets TO caas_web;

-- caas_va: the validators
GRANT SELECT (id, owner, high_ms, leased_until), UPDATE (owner, high_ms, leased_until) ON writers TO caas_va;
GRANT SELECT (id, host, queue, epoch), INSERT (host, queue, epoch, taken_at), UPDATE (epoch, taken_at) ON slots TO caas_va;
GRANT SELECT (id, queue, object_id, owner, epoch, leased_until, run_at, tries, blocks, blocked_by, ring, is_done, name),
	UPDATE (owner, epoch, leased_until, run_at, tries, blocked_by, is_done, done_at) ON jobs TO caas_va;
GRANT SELECT (id, name) ON servers TO caas_va;
GRANT SELECT (id, server_id, acme_account_id) ON accounts TO caas_va;
GRANT SELECT (id, account_id, old_thumbprint) ON account_keys TO caas_va;
GRANT SELECT (id, status, authz_left, expires_at), UPDATE (status, authz_left, expires_at, error) ON orders TO caas_va;
GRANT SELECT (id, order_id, account_id, ident_type, ident_value, is_wildcard, covers_subdomains, status, token, active_type,
		key_thumbprint, expires_at, deactivated_at),
	UPDATE (status, validated_at, expires_at, error) ON authzs TO caas_va;
GRANT INSERT (id, authz_id, method, is_valid, checked_at, statement, signature, record) ON verdicts TO caas_va;
GRANT INSERT (id, authz_id, name, is_permitted, checked_at, statement, signature, record) ON caa_checks TO caas_va;
GRANT INSERT (id, at, actor, event, object_id, detail) ON audit TO caas_va;
GRANT SELECT (owner, kind, subject, tat_ms, failed_ms, failed_latest_ms, failures, pause_at, failing_since, failed_detail),
	INSERT (owner, kind, subject, tat_ms, latest_ms, failed_ms, failed_latest_ms, failures, pause_at, failing_since, failed_detail),
	UPDATE (owner, kind, subject, tat_ms, latest_ms, failed_ms, failed_latest_ms, failures, pause_at, failing_since, failed_detail)
	ON limits TO caas_va;

-- caas_sign: the signer
GRANT SELECT (id, owner, high_ms, leased_until), UPDATE (owner, high_ms, leased_until) ON writers TO caas_sign;
GRANT SELECT (name, next), UPDATE (next) ON numbers TO caas_sign;
GRANT SELECT (id, host, queue, epoch), INSERT (host, queue, epoch, taken_at), UPDATE (epoch, taken_at) ON slots TO caas_sign;
GRANT SELECT (id, queue, object_id, owner, epoch, leased_until, run_at, tries, blocks, blocked_by, ring, is_done),
	UPDATE (owner, epoch, leased_until, run_at, tries, is_done, done_at) ON jobs TO caas_sign;
GRANT SELECT (id, name) ON servers TO caas_sign;
GRANT SELECT (id, status) ON bindings TO caas_sign;
GRANT SELECT (id, binding_id, end_at) ON subscriptions TO caas_sign;
GRANT SELECT (id, subscription_id, name, is_wildcard, is_active) ON subscription_names TO caas_sign;
GRANT SELECT (id, server_id, binding_id, acme_account_id, status, key_thumbprint, key_jwk) ON accounts TO caas_sign;
GRANT SELECT (id, account_id, request) ON account_keys TO caas_sign;
GRANT SELECT (id, account_id, status, expires_at, profile, not_before_at, not_after_at, idents, authzs, finalize_jws),
	UPDATE (status, error, cert_id, is_burned) ON orders TO caas_sign;
GRANT SELECT (id, deactivated_at) ON authzs TO caas_sign;
GRANT SELECT (id, authz_id, is_valid, statement, signature) ON verdicts TO caas_sign;
GRANT SELECT (id, authz_id, name, statement, signature) ON caa_checks TO caas_sign;
GRANT SELECT (id, name, ski, cert, chain) ON issuers TO caas_sign;
GRANT SELECT (serial, status, cert_id), INSERT (serial, issuer_id, order_id, status, created_at), UPDATE (status, cert_id)
	ON serials TO caas_sign;
GRANT SELECT (order_id, serial, issuer_id, tbs), INSERT (order_id, serial, issuer_id, tbs, created_at), DELETE
	ON issuances TO caas_sign;
GRANT SELECT (cert_id, issuer_id, reason, revoked_at) ON revocations TO caas_sign;
GRANT SELECT (cert_id) ON compromises TO caas_sign;
GRANT SELECT (id, crl_shard, not_after_at, serial),
	INSERT (id, number, order_id, account_id, issuer_id, serial, not_before_at, not_after_at, spki_sha256, profile,
		crl_shard, created_at) ON certs TO caas_sign;
GRANT SELECT (id, der), INSERT (id, der) ON cert_ders TO caas_sign;
GRANT INSERT (key_thumbprint, cert_id) ON cert_keys TO caas_sign;
GRANT SELECT (spki_sha256) ON blocked_keys TO caas_sign;
GRANT SELECT (issuer_id, shard, number, this_update_at, next_update_at, der),
	INSERT (issuer_id, shard, number, this_update_at, next_update_at, der) ON crls TO caas_sign;
GRANT INSERT (id, at, actor, event, object_id, detail) ON audit TO caas_sign;
GRANT INSERT (account_id, idents_sha256) ON issued_sets TO caas_sign;
