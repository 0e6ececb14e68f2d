/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * report: what the lists of the partner API read, in the order of ids, which is that in
 * which the rows came.  A list is read a part at a time: id at least, rows at most.
 */
#ifndef CAAS_STORE_REPORT_H
#define CAAS_STORE_REPORT_H

#include "model/order.h"
#include "model/partner.h"
#include "store/store.h"

/* Which rows of a list. */
struct part {
	uint64_t	from;		/* id at least */
	uint64_t	limit;		/* rows at most */
	uint64_t	offset;		/* rows that are skipped before */
};

/* The credential of a binding, as it is stored. */
struct credential {
	struct view	key_id;
	struct view	mac_key;	/* wrapped */
	unsigned	mac_key_version;
};

struct listed_account {
	uint64_t		id;
	struct view		acme_account_id;
	enum account_status	status;
	struct view		user_agent;	/* p == NULL: no client came yet */
	struct view		ip_address;
	int64_t			activity_at;	/* 0: never */
	int64_t			eab_activity_at; /* of any account of its binding */
	struct credential	credential;
};

MUST_USE int	report_accounts(struct db *, struct arena *, uint64_t reseller_id,
		    const struct part *, struct listed_account **, size_t *n, struct err *);
/* account_id: only that one; 0: all of the binding. */
MUST_USE int	report_accounts_of(struct db *, struct arena *, uint64_t binding_id,
		    uint64_t account_id, const struct part *, struct listed_account **,
		    size_t *n, struct err *);

struct listed_binding {
	uint64_t		id;
	struct credential	credential;
	bool			is_reusable;
	int64_t			activity_at;	/* 0: never */
};

/* Without those that have ended; part->offset is not looked at. */
MUST_USE int	report_bindings(struct db *, struct arena *, uint64_t reseller_id,
		    const struct part *, struct listed_binding **, size_t *n, struct err *);

/* An active name. */
struct listed_name {
	uint64_t	id;
	struct view	name;		/* without "*." */
	bool		is_wildcard;
	struct view	anchor;		/* of its organisation; p == NULL: none */
};

MUST_USE int	report_names(struct db *, struct arena *, uint64_t subscription_id,
		    const struct part *, struct listed_name **, size_t *n, struct err *);

/* An active name with an order for it. */
struct last_order {
	uint64_t		name_id;
	struct view		name;		/* without "*." */
	bool			is_wildcard;
	uint64_t		order_id;	/* 0: nobody ordered it, all below is empty */
	uint64_t		number;
	enum order_status	status;		/* as stored */
	int64_t			expires_at;
	struct view		error_type;
	struct view		acme_account_id;
	uint64_t		cert_number;	/* 0: no certificate, its members are empty */
	struct view		serial;
	int64_t			not_before_at;
	int64_t			not_after_at;
	bool			is_revoked;
	bool			is_collected;	/* by its client, once */
	bool			is_burned;	/* failed when it was about to be signed */
};

#define LAST_ORDERS_MAX	1000000		/* rows of one part */
/*
 * Of each name that contains a text, or nearly, the newest order of every account, newest
 * first; account_id 0: of all of the binding.  The part counts names; its offset is not
 * looked at.
 */
MUST_USE int	report_last_orders(struct db *, struct arena *, const struct subscription *,
		    uint64_t account_id, struct view text, const struct part *, struct last_order **, size_t *n,
		    struct err *);

/* A transaction with a name that it touched. */
struct listed_transaction {
	uint64_t		id;
	uint64_t		number;
	enum transaction_type	type;
	int64_t			cents;
	int64_t			days;
	int64_t			created_at;
	int64_t			removed_at;	/* 0: of its names one is there */
	struct view		name;		/* without "*."; p == NULL: report_touched() has them */
	bool			is_wildcard;
};

/* Which transactions of a subscription. */
struct transaction_query {
	bool		by_name;	/* that touched this one */
	struct view	name;
	bool		is_wildcard;
	int64_t		from_at, to_at;	/* seconds, both meant */
};

#define TRANSACTION_NAMES_MAX	2	/* of one that is no extension */
/*
 * In the order in which they came, those of one transaction together.  By name an
 * extension has only that name, and what it cost.  The part counts transactions; its
 * offset is not looked at.
 */
MUST_USE int	report_transactions(struct db *, struct arena *, uint64_t subscription_id,
		    const struct transaction_query *, const struct part *,
		    struct listed_transaction **, size_t *n, struct err *);

/*
 * The id of the transaction behind *skip others of the subscription: 1, and *skip is 0.
 * 0: there are not so many, and *skip is less by those.  Not for queries by name.  -1.
 */
MUST_USE int	report_skip_transactions(struct db *, struct arena *, uint64_t subscription_id,
		    const struct transaction_query *, uint64_t *skip, uint64_t *id, struct err *);

struct touched_name {
	struct view	name;		/* without "*." */
	bool		is_wildcard;
};

/* Names of a transaction, at most max, behind one of them; behind "" come all. */
MUST_USE int	report_touched(struct db *, struct arena *, uint64_t transaction_id,
		    const struct touched_name *behind, size_t max, struct touched_name **,
		    size_t *n, struct err *);

#endif
