/* SPDX-License-Identifier: BSD-2-Clause */
/* renewal: what is known of a certificate's renewal (RFC 9773). */
#ifndef CAAS_STORE_RENEWAL_H
#define CAAS_STORE_RENEWAL_H

#include "store/store.h"

struct renewal {
	uint64_t	id;		/* of the certificate */
	uint64_t	account_id;
	int64_t		not_before_at, not_after_at;
	struct view	ski;		/* of its issuer */
	int64_t		revoked_at;	/* 0: it is not */
	int64_t		pulled_from, pulled_to;	/* 0: not pulled forward */
	struct view	explanation_url;
};
/* By the content octets of the serial: 1, 0, -1. */
MUST_USE int	renewal_get(struct db *, struct arena *, struct view serial, struct renewal *,
		    struct err *);

/* Which certificates shall be renewed when. */
struct renewal_pull {
	int64_t		issued_from, issued_to;	/* both included */
	uint64_t	issuer_id;		/* 0: any */
	struct view	profile;		/* empty: any */
	struct view	name;			/* it or a name below it; empty: any */
	int64_t		start, end;		/* the window */
	struct view	explanation_url;	/* empty: none */
};
/* In steps, each a transaction: *seen certificates were issued then, *pulled of them taken. */
MUST_USE int	renewal_pull(struct store *, struct arena *, const struct renewal_pull *,
		    uint64_t *seen, uint64_t *pulled, struct err *);

#endif
