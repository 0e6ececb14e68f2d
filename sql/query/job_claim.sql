-- Take a job whose lease has run out.
-- used by: va sign
-- in:  owner, epoch, leased_until, id, owner seen, epoch seen, now
-- out: none; 0 affected rows means somebody else was faster
UPDATE jobs SET owner = ?, epoch = ?, leased_until = ?
WHERE id = ? AND owner = ? AND epoch = ? AND is_done = 0 AND leased_until < ?
