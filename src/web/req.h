/* SPDX-License-Identifier: BSD-2-Clause */
/* req: one request, from its FastCGI parameters to its reply. */
#ifndef CAAS_WEB_REQ_H
#define CAAS_WEB_REQ_H

#include "base/err.h"
#include "web/reply.h"

enum {				/* a set: columns of route tables */
	GET = BIT(0), HEAD = BIT(1), POST = BIT(2), OPTIONS = BIT(3),
};

#define REQ_ID_LEN	16
#define ROUTE_STARS_MAX	3

struct req;

/*
 * A handler never waits.  It asks for its request to be held until a row has
 * changed: web/ parks the request and calls ready when key is rung and at
 * growing intervals, and resume at the first yes or at the deadline.  resume
 * returns as a handler does, and may hold the request again.
 */
struct hold {
	uint64_t	 key;		/* id of the row: bells carry it; 0: not held */
	int64_t		 hold_ms;	/* at the latest */
	bool		(*ready)(struct req *, void *arg);	/* NULL: the time alone */
	int		(*resume)(struct req *, void *arg, struct err *);
	void		*arg;
};
#define HOLD_NO_ROW	UINT64_MAX	/* a key that no bell carries */

struct req {
	struct arena	*arena;		/* everything of the request */
	void		*app;		/* what cmd/ handed to web/ */
	unsigned	 method;	/* one of the set, or 0 */
	struct view	 method_text;
	struct view	 uri;		/* raw REQUEST_URI: path and query */
	struct view	 path;		/* of it, still encoded */
	bool		 has_query;
	struct view	 content_type;
	struct view	 accept;
	struct view	 user_agent;	/* printable ASCII, whatever came */
	struct view	 remote_addr;
	struct view	 idempotency_key;	/* the header as it came; p == NULL: none */
	bool		 https;
	struct view	 body;
	bool		 body_too_large;
	struct view	 stars[ROUTE_STARS_MAX];	/* what each '*' of the route matched */
	int64_t		 now;		/* seconds; the clock is asked once */
	char		 id[REQ_ID_LEN + 1];	/* X-Request-Id, req= in the log */
	const struct route	*route;	/* NULL: none matched */
	void		*auth;		/* who asks: the gate's */
	struct view	 who;		/* for the log: account or reseller */
	struct hold	 hold;
	void		(*at_end)(struct req *);	/* NULL, or called once it was answered */
	struct reply	 reply;
	bool		 failed;	/* the reply tells of an error */
	int64_t		 started_ms;	/* mono_ms() */
};

#endif
