-- What the signer must know of an order, as it is now.
-- used by: sign
-- in:  id
-- out: as struct sign_order
SELECT o.id, o.account_id, o.status, o.expires_at, o.profile, o.not_before_at, o.not_after_at, o.idents, o.authzs, o.finalize_jws,
	a.acme_account_id, a.status AS account_status, a.key_jwk, a.binding_id,
	b.status AS binding_status, s.name AS server
FROM orders o JOIN accounts a ON a.id = o.account_id JOIN bindings b ON b.id = a.binding_id
	JOIN servers s ON s.id = a.server_id
WHERE o.id = ?
