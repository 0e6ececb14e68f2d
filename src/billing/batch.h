/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * batch: many names added to one binding, in few transactions.  What is refused is left
 * out and said; the others come in, and each is charged as if it had come alone.
 */
#ifndef CAAS_BILLING_BATCH_H
#define CAAS_BILLING_BATCH_H

#include "billing/addition.h"

enum batch_outcome { BATCH_ADDED, BATCH_PRESENT, BATCH_REFUSED, BATCH__MAX };

struct batch_name {
	struct addition		 addition;	/* given, but for ids, number and audit */
	enum batch_outcome	 outcome;
	struct view		 why;		/* it was refused, in its arena */
};

#define BATCH_MAX	50	/* names: how long other calls may wait for the binding */

/*
 * Add at most BATCH_MAX names, all of the same binding.  After -1 some of them may have
 * been added and charged all the same, where they went one by one, or all of them, if the
 * connection was lost while they were committed: done again, what is there is BATCH_PRESENT.
 */
MUST_USE int	batch_add(struct store *, struct view actor, struct batch_name *, size_t n,
		    struct err *);

#endif
