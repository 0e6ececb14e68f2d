-- Begin a new incarnation of a slot.
-- used by: va sign
-- in:  taken_at, id, epoch seen
-- out: none; 0 affected rows means somebody else took it
UPDATE slots SET epoch = epoch + 1, taken_at = ? WHERE id = ? AND epoch = ?
