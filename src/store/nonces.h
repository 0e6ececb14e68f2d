/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * nonces: forgetting spent nonces that are too old to be accepted (design.md 6).
 *
 * They stand in four partitions by the hour of issue; a nonce is good for two
 * hours at most, so that the partition of the next hour holds only dead ones.
 */
#ifndef CAAS_STORE_NONCES_H
#define CAAS_STORE_NONCES_H

#include "store/db.h"

/*
 * Empty the partition that the next hour will use: 1 done, 0 not now, the hour
 * begins or ends and clocks may differ, -1.  As caas_admin.
 */
MUST_USE int	nonces_forget(struct db *, int64_t now, struct err *);

#endif
