-- Did this very request spend the nonce?
-- used by: web
-- in:  slot, nonce, witness
-- out: found
SELECT 1 AS found FROM nonces WHERE slot = ? AND nonce = ? AND witness = ?
