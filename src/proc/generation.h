/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * generation: a configuration, and the children that run under it.
 *
 * Children read a copy of it in run_dir: a file that is being edited, or that a
 * reload refused, never reaches one that is started again.
 */
#ifndef CAAS_PROC_GENERATION_H
#define CAAS_PROC_GENERATION_H

#include "conf/conf.h"

struct generation {
	struct conf	*conf;
	char		 path[256];	/* of the copy */
	size_t		 nchildren;
	bool		 is_over;	/* goes with its last child */
};

/* Write the copy, as one that is being tried.  Takes conf over only on success. */
MUST_USE int	generation_new(struct conf *, struct generation **, struct err *);
/* It is in force: its copy takes the place of the one before. */
MUST_USE int	generation_settle(struct generation *, struct err *);
void		generation_free(struct generation *);
/*
 * What only a restart can change must be the same in both; ERR_MALFORMED names
 * the key.
 */
MUST_USE int	generation_may_follow(const struct conf *now, const struct conf *next,
		    struct err *);

#endif
