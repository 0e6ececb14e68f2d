/* SPDX-License-Identifier: BSD-2-Clause */
/* limit: what is limited, and the state of one key. */
#ifndef CAAS_MODEL_LIMIT_H
#define CAAS_MODEL_LIMIT_H

#include "base/view.h"

enum limit {			/* stored in SQL */
	LIMIT_ACCOUNTS = 1,	/* new accounts of an address */
	LIMIT_ORDERS = 2,	/* of an account */
	LIMIT_NAME_ORDERS = 3,	/* of an account for a name; failures stand in the same row */
	LIMIT_PENDING = 4,	/* authorizations of an account */
	LIMIT_FAILURES = 5,	/* of an account for a name */
	LIMIT__MAX
};

/* So many in so much time; n == 0: no limit. */
struct rate {
	int64_t	n;
	int64_t	window_ms;
};

/* The row of a key; all zero: nothing was used. */
struct limit_state {
	struct view	subject;
	int64_t		tat_ms;
	int64_t		failed_ms;	/* the same for failed validations */
	uint64_t	failures;	/* one after the other */
	int64_t		failing_since;	/* the first of them, seconds */
	struct view	failed_detail;	/* of the last */
};

#endif
