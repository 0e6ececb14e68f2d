/* SPDX-License-Identifier: BSD-2-Clause */
/* server: the ACME servers, one directory URL and one product each. */
#ifndef CAAS_STORE_SERVER_H
#define CAAS_STORE_SERVER_H

#include "model/partner.h"
#include "store/store.h"

#define SERVERS_MAX	256

/* All, DV first. */
MUST_USE int	server_list(struct db *, struct arena *, struct server **, size_t *n,
		    struct err *);
/* Those that a reseller may use, DV first. */
MUST_USE int	server_list_of(struct db *, struct arena *, uint64_t reseller_id,
		    struct server **, size_t *n, struct err *);
/* 1 added, 0 a server of that name is there, -1.  s->id is set. */
MUST_USE int	server_put(struct store *, struct server *, struct err *);

#endif
