/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * host: the addresses of a host name, A and AAAA asked side by side (HTT-09).
 */
#ifndef CAAS_PROBE_HOST_H
#define CAAS_PROBE_HOST_H

#include "probe/probe.h"

/* In the arena of host_start(). */
struct host {
	const struct address	*v6;
	size_t			 nv6;
	const struct address	*v4;
	size_t			 nv4;
	enum dnssec_state	 dnssec;	/* weakest of what was answered */
	struct err		 err;		/* ERR_DNS when there is no address at all */
};

/* Called exactly once, from the loop, unless cancelled. */
typedef void (*host_done)(void *arg, const struct host *);

struct host_query;

/*
 * One of both questions may fail; bogus data in either is a failure of the whole
 * (DNS-08).  Everything it makes lives in the arena.
 */
struct host_query	*host_start(const struct prober *, struct arena *,
			    struct view name, host_done, void *arg);
/* Only before done was called. */
void			 host_cancel(struct host_query *);

#endif
