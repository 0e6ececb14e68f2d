-- The slot of a host and queue.
-- used by: va sign
-- in:  host, queue
-- out: as struct slot
SELECT id, epoch FROM slots WHERE host = ? AND queue = ?
