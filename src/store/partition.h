/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * partition: growing tables are cut into ranges of row ids, which are times, ahead of
 * time, and what nobody needs any more goes with its whole range (design.md 6).
 *
 * Kept are: jobs for 30 days and until they are done; orders, authorizations, their
 * verdicts and certificates until two years after the last certificate of their time has
 * ended (BR s5.4.3, s5.5.2).  The audit is cut, but nothing of it goes: it tells of CA
 * keys, which must be known two years longer than they are.
 */
#ifndef CAAS_STORE_PARTITION_H
#define CAAS_STORE_PARTITION_H

#include "store/db.h"

struct partition_work {
	unsigned	made, dropped;
};

/* Cut and drop what is due, as caas_admin; to be repeated.  work counts also what was done before a failure. */
MUST_USE int	partitions_tend(struct db *, int64_t now, struct partition_work *work,
		    struct err *);

#endif
