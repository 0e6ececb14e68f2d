/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * statement: how a reseller's balance moved within a time, by an index of times and not
 * by all that ever moved.  Called within one tx_snapshot().
 */
#ifndef CAAS_STORE_STATEMENT_H
#define CAAS_STORE_STATEMENT_H

#include "model/partner.h"
#include "store/store.h"

/* From a second to before another. */
struct statement_time {
	int64_t	from;
	int64_t	to;
};

/* Cents; the balance now, and what came and went since then. */
struct statement_sums {
	int64_t	balance_cents;
	int64_t	since_from_cents;
	int64_t	since_to_cents;
};

MUST_USE int	statement_sums(struct db *, struct arena *, uint64_t reseller_id,
		    const struct statement_time *, struct statement_sums *, struct err *);

/* One movement. */
struct statement_row {
	uint64_t		id;
	int64_t			created_at;
	int64_t			cents;		/* signed */
	enum ledger_cause	cause;
	struct view		reason;		/* of a credit */
	/* Of a transaction. */
	enum transaction_type	type;
	uint64_t		number;
	int64_t			days;
	struct view		key_id;		/* of the binding */
	struct view		name;		/* paid, or paid back; an extension has none */
	bool			is_wildcard;
};

/*
 * At most max of that time, behind one of them by its created_at and id (created_at
 * from and id 0: the first), in the order in which they came.
 */
MUST_USE int	statement_rows(struct db *, struct arena *, uint64_t reseller_id,
		    const struct statement_time *, const struct statement_row *behind,
		    size_t max, struct statement_row **, size_t *n, struct err *);

#endif
