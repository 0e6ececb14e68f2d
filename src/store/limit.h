/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * limit: the rows of rate limits; the arithmetic is policy/limits's.
 *
 * What is taken is taken by the transaction that does the thing, so that a
 * request that is refused later has not spent it.
 */
#ifndef CAAS_STORE_LIMIT_H
#define CAAS_STORE_LIMIT_H

#include "model/limit.h"
#include "store/store.h"

#define LIMIT_FAILING_MAX	100	/* names of limit_failing() */

/* What is taken from one key; numbers as policy/limits gives them. */
struct limit_take {
	uint64_t	 owner;			/* account id; 0: the subject is an address */
	enum limit	 kind;
	struct view	 subject;
	uint64_t	 units;			/* that the cost stands for */
	int64_t		 now_ms;
	int64_t		 cost_ms;
	int64_t		 latest_ms, far_ms;
	int64_t		 failed_latest_ms, failed_far_ms;
	uint64_t	 pause_at;
	uint64_t	 set_account;		/* 0, or: free if this account had the set before */
	const uint8_t	*idents_sha256;		/* 32 bytes: the set */
};
struct limit_takes {
	struct limit_take	*v;
	size_t			 n;
};

/* Within a transaction, in one round trip.  ERR_RATE_LIMITED: nothing more is known yet. */
MUST_USE int	limit_take(struct db *, struct arena *, const struct limit_takes *,
		    struct err *);
/* How a key stands, all zero when it was never used. */
MUST_USE int	limit_get(struct db *, struct arena *, uint64_t owner, enum limit,
		    struct view subject, struct limit_state *, struct err *);
/* The names of an account that fail, the worst first, at most LIMIT_FAILING_MAX. */
MUST_USE int	limit_failing(struct db *, struct arena *, uint64_t owner,
		    struct limit_state **, size_t *n, struct err *);
/* Forget the failures of names, in one transaction; *changed counts the names that had any. */
MUST_USE int	limit_unpause(struct db *, struct tx_once *, uint64_t owner,
		    const struct view *names, size_t n, uint64_t *changed, struct err *);
/* The operator does so for one name, with an audit row: 1, 0 it had no failures, -1. */
MUST_USE int	limit_unpause_name(struct store *, uint64_t account_id, struct view name,
		    struct err *);
/* 1 if the account had a certificate for the set of names, 0, -1. */
MUST_USE int	limit_had_set(struct db *, uint64_t account_id, const uint8_t idents_sha256[32],
		    struct err *);
/* Forget rows that are whole again. */
MUST_USE int	limits_forget(struct db *, int64_t now_ms, struct err *);

/* What a validation that is over means for the limits of its account. */
struct limit_outcome {
	uint64_t	owner;
	struct view	name;
	int64_t		at;			/* seconds */
	int64_t		failed_step_ms;
	int64_t		failed_latest_ms;
	int64_t		pending_step_ms;	/* 0: pending ones are not limited */
	struct view	detail;			/* why it failed */
};

MUST_USE int	limit_note(struct db *, const struct limit_outcome *, bool ok, struct err *);

#endif
