-- Renew the lease of all open jobs of a slot, and take over those of its earlier incarnations.
-- used by: va sign
-- in:  epoch, leased_until, owner, epoch
-- out: none
UPDATE jobs SET epoch = ?, leased_until = ? WHERE owner = ? AND is_done = 0 AND epoch <= ?
