-- Move the end of a subscription.
-- used by: web
-- in:  end_at, term_years, id, old end_at
-- out: none; 0 affected rows means that it ended at another time
UPDATE subscriptions SET end_at = ?, term_years = ? WHERE id = ? AND end_at = ?
