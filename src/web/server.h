/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * server: a FastCGI responder on an event loop.  The only libfcgi user.
 *
 * It accepts by itself and gives a connection to libfcgi only when a whole
 * request has arrived, so silent or slow peers cost a descriptor and a timer;
 * connections are not kept open between requests, because libfcgi would pin the
 * worker to one of them.  Held requests are parked and answered when a bell rings
 * for their row or when reading it again shows the change.
 */
#ifndef CAAS_WEB_SERVER_H
#define CAAS_WEB_SERVER_H

#include "base/clock.h"
#include "base/loop.h"
#include "web/route.h"

struct server_conf {
	struct loop		*loop;
	int			 listen_fd;
	const struct site	*sites;		/* the last one serves what no prefix fits */
	size_t			 nsites;
	void			*app;		/* req->app */
	const struct clk	*clk;
};

struct web_server;

MUST_USE int	web_server_new(const struct server_conf *, struct web_server **, struct err *);
/* Closes what is still open. */
void		web_server_free(struct web_server *);
/* A bell rang for these rows. */
void		web_server_rung(struct web_server *, const uint64_t *keys, size_t n);
/*
 * Take what has connected so far, and accept no more: what was taken is finished,
 * or given up when its request does not arrive in time.
 */
void		web_server_drain(struct web_server *);
/* Connections that are not answered yet. */
size_t		web_server_open(const struct web_server *);

#endif
