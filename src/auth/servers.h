/* SPDX-License-Identifier: BSD-2-Clause */
/* servers: the ACME servers, remembered for half a minute. */
#ifndef CAAS_AUTH_SERVERS_H
#define CAAS_AUTH_SERVERS_H

#include "model/partner.h"
#include "store/store.h"

struct servers;

struct servers	*servers_new(void);
void		 servers_free(struct servers *);
/* Read them now, so that they are known should the database go away before the first request. */
MUST_USE int	servers_read(struct servers *, struct store *, struct err *);

/*
 * 1 and a copy in the arena, 0 when there is none of that name, -1.  A name that
 * is not known is looked up again, at most once a second.
 */
MUST_USE int	servers_find(struct servers *, struct store *, struct arena *,
		    struct view name, struct server *, struct err *);
/* The same by id; one that is not known is looked up again at once. */
MUST_USE int	servers_get(struct servers *, struct store *, struct arena *, uint64_t id,
		    struct server *, struct err *);

#endif
