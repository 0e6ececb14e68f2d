/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * listing: a reply that is one array, however long it gets: its rows are read and written
 * a part at a time, so that neither needs memory for all.
 */
#ifndef CAAS_PARTNER_LISTING_H
#define CAAS_PARTNER_LISTING_H

#include "partner/args.h"
#include "store/report.h"

struct listing;

/*
 * Read l->part and write its rows; set *n to how many were read (part.limit: there may be
 * more), and l->part.from to the id behind the last.  What is needed no longer than that comes from call->arena.
 */
typedef int (*listing_fn)(struct listing *, size_t *n, struct err *);

struct listing {
	struct call	*call;
	listing_fn	 rows;
	void		*arg;		/* for rows; lives as long as the request */
	struct part	 part;
	uint64_t	 left;		/* rows that may still be read */
};

/* The reply of a list action: its array is called name. */
MUST_USE int	listing_put(struct call *, const char *name, const struct page *, listing_fn,
		    void *arg, struct err *);

#endif
