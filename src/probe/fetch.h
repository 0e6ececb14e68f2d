/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fetch: one HTTP GET to one address that was checked before (SEC-01, HTT-06,
 * HTT-07, HTT-08).  Follows nothing and resolves nothing.  A small vtable, as
 * the resolver is; fetcher_curl() is the real one, curl's multi interface on
 * the loop.
 */
#ifndef CAAS_PROBE_FETCH_H
#define CAAS_PROBE_FETCH_H

#include "base/arena.h"

#include <netinet/in.h>

#include "base/loop.h"
#include "conf/conf.h"
#include "wire/url.h"

/* An address to connect to, v4 or v6. */
struct address {
	int		family;		/* AF_INET, AF_INET6 */
	uint8_t		bytes[16];	/* network order; the first 4 for v4 */
};

/* Need not outlive start(). */
struct fetch_ask {
	struct url	url;		/* gives scheme, Host, target */
	struct address	address;
	uint16_t	port;		/* to connect to */
	int64_t		connect_ms;	/* longest wait for the connection */
	int64_t		total_ms;	/* for all of it */
};

/* Valid only during the callback. */
struct fetch_reply {
	unsigned	 status;
	struct view	 location;	/* the last one; empty when absent */
	struct view	 body;		/* of status 200; at most HTTP01_BODY_MAX bytes */
	bool		 body_too_long;
};

/*
 * Called exactly once, from the loop, unless cancelled.  err is NULL, or
 * ERR_CONNECTION (refused, reset, timed out: the detail says which and after
 * what), ERR_TLS, ERR_INCORRECT_RESPONSE (no HTTP), or ERR_INTERNAL when we ran out
 * of sockets; the reply is then NULL.  connected tells whether the connection
 * stood: a fall-back to another address is tried only if not.
 */
typedef void (*fetch_done)(void *arg, const struct fetch_reply *, const struct err *,
		    bool connected);

struct fetch;

struct fetcher {
	struct fetch	*(*start)(struct fetcher *, const struct fetch_ask *,
			    fetch_done, void *arg);	/* NULL as for resolver.ask */
	void		 (*cancel)(struct fetcher *, struct fetch *);
	void		 (*free)(struct fetcher *);
};

/* Free it outside of its callbacks; what is under way is forgotten. */
MUST_USE int	fetcher_curl(struct loop *, const struct conf *, struct fetcher **,
		    struct err *);

#endif
