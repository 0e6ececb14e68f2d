/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * route: the tables that map methods and paths to handlers.  Authentication,
 * size and nonce are columns, so that no handler can forget them.
 */
#ifndef CAAS_WEB_ROUTE_H
#define CAAS_WEB_ROUTE_H

#include "web/req.h"

/* 0: req->reply (or req->hold) is set.  -1: err is rendered by the site. */
typedef int (*handler_fn)(struct req *, struct err *);

struct route {
	unsigned	 methods;	/* GET | HEAD ... */
	const char	*path;		/* "/v2/x/order/x" with * for one segment */
	unsigned	 auth;		/* the site's gate knows what it means */
	unsigned	 flags;		/* likewise */
	size_t		 body_max;	/* bytes */
	handler_fn	 handler;
};

/* A set of routes with what they share. */
struct site {
	const char		*prefix;	/* of the path; the first site that fits serves */
	const struct route	*routes;
	size_t			 nroutes;
	bool			 cors;		/* scripts of any site may call: OPTIONS is answered */
	/* Who asks, and may they?  Called for routes that matched. */
	int			(*gate)(struct req *, struct err *);
	/* After the handler, whatever it said: rc and err may be changed. */
	int			(*settle)(struct req *, int rc, struct err *);
	/* Make the reply of an error. */
	void			(*fail)(struct req *, const struct err *);
	/* Headers that every answer has. */
	void			(*finish)(struct req *);
};

/*
 * Find the route of a path and fill the stars; those that it does not have are
 * empty.  NULL when no path matches; *methods gets the union of what the matching paths allow.  A route is returned
 * only if it allows the method.
 */
const struct route	*route_find(const struct site *, unsigned method, struct view path,
			    struct view stars[ROUTE_STARS_MAX], unsigned *methods);
/* "GET, HEAD, OPTIONS" */
struct view		 route_allow(struct arena *, unsigned methods);
unsigned		 route_method(struct view);

#endif
