/* SPDX-License-Identifier: BSD-2-Clause */
/* One of four partitions. */
#include "store/nonces.h"
#include "store/db_private.h"

#define HOUR_S		3600
#define MARGIN_S	300	/* hosts' clocks may differ by two minutes (auth/nonce.c) */

int
nonces_forget(struct db *db, int64_t now, struct err *err)
{
	static const enum stmt forget[] = { STMT_NONCES_FORGET_0, STMT_NONCES_FORGET_1,
	    STMT_NONCES_FORGET_2, STMT_NONCES_FORGET_3 };
	int64_t into = now % HOUR_S;

	if (into < MARGIN_S || into > HOUR_S - MARGIN_S)
		return 0;
	return db_text(db, forget[(now / HOUR_S + 1) % (int64_t)NITEMS(forget)], err) == 0 ?
	    1 : -1;
}
