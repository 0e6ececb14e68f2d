-- Pull forward the windows of the certificates of an id range that are still good.
-- used by: admin
-- in:  start_at, end_at, explanation_url, now, id after, id up to, issuer_id, issuer_id (0: any), pattern of a name,
--      of names below it, name (empty: any), profile, profile (empty: any), now
-- out: none
INSERT INTO renewals (cert_id, start_at, end_at, explanation_url, created_at)
SELECT c.id, ?, ?, ?, ? FROM certs c JOIN orders o ON o.id = c.order_id
WHERE c.id > ? AND c.id <= ? AND (c.issuer_id = ? OR ? = 0)
	AND (CONCAT('\n', o.idents, '\n') LIKE ? OR CONCAT(o.idents, '\n') LIKE ? OR ? = '')
	AND (c.profile = ? OR ? = '') AND c.not_after_at > ?
ON DUPLICATE KEY UPDATE start_at = VALUES(start_at), end_at = VALUES(end_at),
	explanation_url = VALUES(explanation_url), created_at = VALUES(created_at)
