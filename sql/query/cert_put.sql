-- Record a certificate.
-- used by: sign
-- in:  id, number, order_id, account_id, issuer_id, serial, not_before_at, not_after_at, spki_sha256, profile, crl_shard, created_at
-- out: none
INSERT INTO certs (id, number, order_id, account_id, issuer_id, serial, not_before_at, not_after_at, spki_sha256, profile,
	crl_shard, created_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
