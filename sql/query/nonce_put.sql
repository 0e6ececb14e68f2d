-- Spend a nonce.
-- used by: web
-- in:  slot, nonce, witness
-- out: none; a duplicate key means that it was spent before
INSERT INTO nonces (slot, nonce, witness) VALUES (?, ?, ?)
