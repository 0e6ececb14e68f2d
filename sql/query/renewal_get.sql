-- What decides when a certificate should be renewed.
-- used by: web
-- in:  serial
-- out: as struct renewal
SELECT c.id, c.account_id, c.not_before_at, c.not_after_at, i.ski, r.revoked_at, n.start_at AS pulled_from,
	n.end_at AS pulled_to, n.explanation_url
FROM serials s JOIN certs c ON c.id = s.cert_id JOIN issuers i ON i.id = c.issuer_id
LEFT JOIN revocations r ON r.cert_id = c.id LEFT JOIN renewals n ON n.cert_id = c.id
WHERE s.serial = ?
