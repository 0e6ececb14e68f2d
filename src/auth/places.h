/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * places: how many processes of a host may do something at the same time: a lock
 * file (flock(2)) for each place, so that one who is killed leaves it.
 */
#ifndef CAAS_AUTH_PLACES_H
#define CAAS_AUTH_PLACES_H

#include "base/err.h"

#define PLACES_MAX	256

struct places;

/* dir/NAME-1.lock to NAME-n.lock. */
MUST_USE int	places_open(const char *dir, const char *name, unsigned n, struct places **,
		    struct err *);
void		places_close(struct places *);

/*
 * Take one; a process holds one at the most.  false: all are taken, or the free ones
 * rest.  hurry: a rest does not matter.
 */
bool	places_take(struct places *, bool hurry);
/* Leave it; for so long, at most 10 s, nobody takes it but who is in a hurry. */
void	places_leave(struct places *, int64_t rest_ms);

#endif
