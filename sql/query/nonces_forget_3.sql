-- Forget the nonces that were issued in hours of slot 3; sent as text.
-- used by: none
-- in:  none
-- out: none
ALTER TABLE nonces TRUNCATE PARTITION h3
