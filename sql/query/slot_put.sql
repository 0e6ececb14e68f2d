-- Make the slot of a host and queue.
-- used by: va sign
-- in:  host, queue, taken_at
-- out: none; a duplicate key means that it is there
INSERT INTO slots (host, queue, epoch, taken_at) VALUES (?, ?, 0, ?)
