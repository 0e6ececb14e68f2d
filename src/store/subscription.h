/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * subscription: what a binding may have certificates for, and what was bought.
 * Times, prices and association are policy/pricing's and partner/'s; this is
 * rows.  All but subscription_entitles*() are called inside a transaction that
 * holds the binding's lock.
 */
#ifndef CAAS_STORE_SUBSCRIPTION_H
#define CAAS_STORE_SUBSCRIPTION_H

#include "model/partner.h"
#include "store/store.h"
#include "wire/ident.h"

/* 1, 0 (there never was one), -1. */
MUST_USE int	subscription_newest(struct db *, struct arena *, uint64_t binding_id,
		    struct subscription *, struct err *);
/* All that a binding ever had, the oldest first. */
#define SUBSCRIPTIONS_MAX	1000
MUST_USE int	subscription_list(struct db *, struct arena *, uint64_t binding_id,
		    struct subscription **, size_t *n, struct err *);
MUST_USE int	subscription_put(struct db *, const struct subscription *, int64_t now,
		    struct err *);

/* Move its end, for a term: 1, 0 (it ends at another time by now), -1. */
MUST_USE int	subscription_extend(struct db *, const struct subscription *,
		    int64_t new_end_at, unsigned years, struct err *);

/* An active name: 1, 0, -1. */
MUST_USE int	sub_name_get(struct db *, struct arena *, uint64_t subscription_id,
		    struct view name, bool wildcard, struct sub_name *, struct err *);
/* Does a paid name carry a free one already?  1, 0, -1. */
MUST_USE int	sub_name_carries(struct db *, uint64_t id, struct err *);
/* The active free name that a paid one carries: 1, 0, -1. */
MUST_USE int	sub_name_carried_by(struct db *, struct arena *, uint64_t id,
		    struct sub_name *, struct err *);

/* How a name came into its subscription. */
struct purchase {
	int64_t	added_at;
	int64_t	cents;		/* of the whole order */
	int64_t	days;
};

/* 1, 0 (no such name), -1. */
MUST_USE int	sub_name_bought(struct db *, struct arena *, uint64_t id,
		    struct purchase *, struct err *);
/* How many paid names a subscription has. */
struct billed {
	int64_t	fqdns;
	int64_t	wildcards;
};

MUST_USE int	sub_names_billed(struct db *, struct arena *, uint64_t subscription_id,
		    struct billed *, struct err *);
/* Move the active names of an organisation to another; *n counts them. */
MUST_USE int	anchors_move(struct db *, uint64_t subscription_id, struct view from,
		    struct view to, uint64_t *n, struct err *);
/* 1 out now, 0 it was, -1. */
MUST_USE int	sub_name_remove(struct db *, uint64_t id, int64_t now, struct err *);
/* 1 added, 0 it is there, -1. */
MUST_USE int	sub_name_put(struct db *, uint64_t subscription_id, const struct sub_name *,
		    uint64_t transaction_id, int64_t now, struct err *);

struct transaction {
	uint64_t		id;
	uint64_t		number;		/* orderNumber on the wire */
	uint64_t		reseller_id;
	uint64_t		subscription_id;
	enum transaction_type	type;
	int64_t			cents;
	int64_t			days;
};

MUST_USE int	transaction_put(struct db *, const struct transaction *, int64_t now,
		    struct err *);
/* A name that it touched, with its share of the money. */
MUST_USE int	transaction_name_put(struct db *, uint64_t transaction_id,
		    const struct sub_name *, int64_t cents, struct err *);

/* Every name of a subscription, with what each paid one of its kind costs. */
MUST_USE int	transaction_names_extend(struct db *, uint64_t transaction_id,
		    uint64_t subscription_id, int64_t fqdn_cents, int64_t wildcard_cents,
		    struct err *);

/*
 * Does the active subscription of a binding entitle to this identifier, now?
 * 1, 0, -1.  With covers a subscribed *.x entitles one label below x.
 */
MUST_USE int	subscription_entitles(struct db *, uint64_t binding_id, int64_t now,
		    const struct ident *, bool covers, struct err *);
/*
 * May control of a domain be proven for names below it: does the subscription entitle
 * to it, or to its wildcard?  1, 0, -1.
 */
MUST_USE int	subscription_entitles_below(struct db *, uint64_t binding_id, int64_t now,
		    struct view domain, bool covers, struct err *);

#endif
