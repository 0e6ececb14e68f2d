/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pool: the children of caasd: started, watched, restarted with back-off,
 * replaced at a reload, drained (design.md 1).
 *
 * A reload starts the whole next generation beside the one that works.  When
 * every child of it has said that it is ready, the old ones drain: responders
 * finish what they accepted, consumers give their slot's lock to the successor
 * that waits for it.  When one of the next cannot start, the next is given up and
 * everything stays as it was.
 */
#ifndef CAAS_PROC_POOL_H
#define CAAS_PROC_POOL_H

#include "base/loop.h"
#include "proc/child.h"

struct pool;

/*
 * Start everything of the configuration.  conf_path is what a reload reads.
 * Children that an earlier caasd left are ended once ours are ready.  conf is the
 * pool's from here on, whatever the result.
 */
MUST_USE int	pool_start(struct loop *, struct conf *, const char *conf_path, int listen_fd,
		    struct pool **, struct err *);
void		pool_free(struct pool *);
/* What is in force; until the next reload ends. */
const struct conf	*pool_conf(const struct pool *);
/* SIGCHLD came: reap, and plan restarts. */
void		pool_reap(struct pool *);
/* Pass a signal on to all children, those of an earlier caasd too. */
void		pool_signal(struct pool *, int signo);
/* End all: responders and consumers finish what they began, for drain_s at most. */
void		pool_stop(struct pool *);
/* No child is left. */
bool		pool_is_empty(const struct pool *);

/*
 * Ask for a reload; it begins at once or after the one under way.  The number
 * asks for its result.
 */
unsigned	pool_reload(struct pool *);
/* 1: it succeeded and nothing old runs any more; 0: not over; -1: it failed, err says why. */
int		pool_reload_result(const struct pool *, unsigned number, struct err *);
/* fn(arg) whenever a reload ended. */
void		pool_on_reload(struct pool *, void (*fn)(void *arg), void *arg);

/* The first of a list of all children, for looking at. */
const struct child	*pool_children(const struct pool *);
/* Those of an earlier caasd that still run. */
size_t		pool_legacy(const struct pool *, pid_t *, size_t max);

#endif
