/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * resolver: DNS questions asked without waiting.  A small vtable, so that a
 * test can put a fake in its place; resolver_unbound() is the real one:
 * libunbound in the loop of the validator, validating DNSSEC where trust
 * anchors are set (DSE-01), caching nothing beyond conf dns_cache_ttl (DNS-05);
 * but without conf resolver it remembers a failure for 5 seconds.
 */
#ifndef CAAS_PROBE_RESOLVER_H
#define CAAS_PROBE_RESOLVER_H

#include "base/loop.h"
#include "conf/conf.h"
#include "crypto/attest.h"

#define DNS_TYPE_A	1
#define DNS_TYPE_TXT	16
#define DNS_TYPE_AAAA	28
#define DNS_TYPE_CAA	257

/* Valid only during the callback that brings it. */
struct dns_answer {
	struct view		 name;		/* as asked */
	uint16_t		 type;
	const struct view	*rdata;		/* wire format; at the end of CNAMEs */
	size_t			 n;		/* 0: the name or the type does not exist */
	bool			 nxdomain;
	enum dnssec_state	 dnssec;	/* DNSSEC_BOGUS only beside an error */
};

/*
 * Called exactly once, from the loop, unless the query was cancelled.  err is
 * NULL or ERR_DNS (SERVFAIL, REFUSED, bogus, timeout), with a detail that names
 * the question and what was wrong; the answer is then empty.
 */
typedef void (*resolver_done)(void *arg, const struct dns_answer *, const struct err *);

struct resolver_query;

struct resolver {
	/* NULL only when out of resources: then done was not and will not be called. */
	struct resolver_query	*(*ask)(struct resolver *, struct view name, uint16_t type,
				    resolver_done, void *arg);
	/* Only before done was called. */
	void			 (*cancel)(struct resolver *, struct resolver_query *);
	void			 (*free)(struct resolver *);
};

/*
 * Every question ends within conf dns_timeout_ms.  Free it outside of its
 * callbacks; questions that are under way are forgotten.  ERR_INTERNAL when
 * libunbound refuses a setting.
 */
MUST_USE int	resolver_unbound(struct loop *, const struct conf *, struct resolver **,
		    struct err *);

/* "CAA"; a type that no probe asks for is "TYPE". */
const char		*dns_type_name(uint16_t type);
/* "secure" */
const char		*dnssec_state_name(enum dnssec_state);
/* What may be said of two look-ups together. */
enum dnssec_state	 dnssec_weaker(enum dnssec_state, enum dnssec_state);

#endif
