/* SPDX-License-Identifier: BSD-2-Clause */
/* children: all processes of a pool, of one generation or of several. */
#ifndef CAAS_PROC_CHILDREN_H
#define CAAS_PROC_CHILDREN_H

#include "proc/child.h"

struct children {
	struct child	*first;
};

/* One more, started. */
MUST_USE int	children_add(struct children *, const struct child_host *, struct generation *,
		    enum role_kind, const char *queue, struct err *);
/* Take out one that does not run, and its generation when that is over. */
void		children_drop(struct children *, struct child *);
/* Nothing of this generation starts any more; what runs, drains.  Frees it with the last. */
void		children_drain(struct children *, struct generation *);
struct child	*children_find(const struct children *, pid_t);
/* Every one of the generation is in that state. */
bool		children_all(const struct children *, const struct generation *,
		    enum child_state);
bool		children_any(const struct children *, enum child_state);
void		children_signal(const struct children *, int signo);
/* Numbers of those that run, at most max. */
size_t		children_pids(const struct children *, pid_t *, size_t max);

#endif
