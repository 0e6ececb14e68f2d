/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hops: the way that an attempt took: one hop of tls-alpn-01, or those of http-01,
 * for its loop check (HTT-05) and for the record (HTT-14).
 */
#ifndef CAAS_PROBE_HOPS_H
#define CAAS_PROBE_HOPS_H

#include "probe/host.h"

#define HOP_TRIES_MAX	2	/* IPv6, then IPv4 (HTT-09) */

struct hop {
	struct url		 url;
	struct view		 text;		/* the URL as text; empty: there is none */
	uint16_t		 port;		/* to connect to */
	const struct host	*host;		/* NULL: not looked up, or a literal */
	struct address		 tried[HOP_TRIES_MAX];
	size_t			 ntried;	/* the last one is the one used */
	unsigned		 status;	/* 0: no answer */
};

struct hops {
	struct hop	v[HTTP01_REDIRECT_MAX + 1];
	size_t		n;
};

/* The next hop, or NULL when there were too many. */
struct hop	*hops_add(struct hops *);
/* Did an earlier hop go to this URL? */
bool		 hops_seen(const struct hops *, struct view text);
/* As a JSON object; the last hop has this error unless it is NULL. */
struct view	 hops_record(struct arena *, const struct hops *, const struct err *);

#endif
