-- An authorization was proven.
-- used by: va
-- in:  validated_at, expires_at, id
-- out: none; 0 affected rows means that it is no longer pending
UPDATE authzs SET status = 2, validated_at = ?, expires_at = ? WHERE id = ? AND status = 1 AND deactivated_at IS NULL
