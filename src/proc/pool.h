/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pool: the children of caasd: started, watched, restarted with back-off,
 * drained (design.md 1).
 */
#ifndef CAAS_PROC_POOL_H
#define CAAS_PROC_POOL_H

#include "base/loop.h"
#include "proc/role.h"

struct pool;

/*
 * Start everything of the configuration.  listen_fd becomes descriptor 0 of the
 * responders.  Children that an earlier caasd left are ended once ours are up.
 */
MUST_USE int	pool_start(struct loop *, const struct conf *, const char *conf_path,
		    int listen_fd, struct pool **, struct err *);
void		pool_free(struct pool *);
/* SIGCHLD came: reap, and plan restarts. */
void		pool_reap(struct pool *);
/* Pass a signal on to all children. */
void		pool_signal(struct pool *, int signo);
/* End all: responders and consumers finish what they began, for drain_s at most. */
void		pool_stop(struct pool *);
/* No child is left. */
bool		pool_is_empty(const struct pool *);

#endif
