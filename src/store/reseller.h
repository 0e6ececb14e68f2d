/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * reseller: partners, their prices and their money.  The balance is changed
 * only together with a ledger row: sum(ledger) = balance, always.
 */
#ifndef CAAS_STORE_RESELLER_H
#define CAAS_STORE_RESELLER_H

#include "model/partner.h"
#include "store/server.h"
#include "store/store.h"

#define RESELLERS_MAX	100000
#define REASON_MAX	255	/* bytes */

/* By login name, case sensitive: 1, 0, -1. */
MUST_USE int	reseller_get(struct db *, struct arena *, struct view login_name,
		    struct reseller *, struct err *);
MUST_USE int	reseller_list(struct db *, struct arena *, struct reseller **, size_t *n,
		    struct err *);

/* Add one with the servers that it may use: 1 added, 0 the name is taken, -1. */
MUST_USE int	reseller_put(struct store *, struct reseller *, const uint64_t *server_ids,
		    size_t n, struct err *);
/* What is changed of a reseller; what is not named stays as it is then. */
struct reseller_change {
	bool		has_password, has_expiry, has_lock, has_limit, has_networks;
	bool		forget_logins;		/* the wrong passwords that were sent */
	uint8_t		name_sha256[32];	/* then */
	struct view	password_hash;
	int64_t		password_expires_at;	/* 0: never */
	bool		is_locked;
	int64_t		credit_limit_cents;
	struct view	networks;
	uint64_t	add[SERVERS_MAX], remove[SERVERS_MAX];	/* servers that it may use, or not */
	size_t		nadd, nremove;
	struct view	detail;			/* for the audit: what it is, but no secret */
};
/*
 * ERR_CONFLICT for a server on which the reseller has bindings: they would have no
 * price any more.
 */
MUST_USE int	reseller_change(struct store *, uint64_t reseller_id,
		    const struct reseller_change *, struct err *);
/* Add cents (negative: take away), with a ledger row and an audit row. */
MUST_USE int	reseller_credit(struct store *, const struct reseller *, int64_t cents,
		    struct view reason, struct err *);
/* What a kind of name costs for a term, from now on. */
struct price_change {
	uint64_t	reseller_id;
	uint64_t	server_id;
	unsigned	kind;
	unsigned	years;
	int64_t		cents;
	struct view	detail;			/* for the audit */
};
MUST_USE int	price_set(struct store *, const struct price_change *, struct err *);

/*
 * term_cents[years - 1] for years 1 to 3, -1 where there is no price.  1, 0 (there
 * is none for any term), -1.
 */
MUST_USE int	price_get(struct db *, struct arena *, uint64_t reseller_id,
		    uint64_t server_id, unsigned kind, int64_t term_cents[3], struct err *);

/*
 * Inside a transaction, last: take cents for a transaction and write its ledger
 * row.  1 taken, 0 balance and credit limit do not suffice, -1.
 */
MUST_USE int	ledger_debit(struct db *, uint64_t ledger_id, uint64_t reseller_id,
		    uint64_t transaction_id, int64_t cents, int64_t now, struct err *);
/* The same, last: give cents back for a transaction. */
MUST_USE int	ledger_refund(struct db *, uint64_t ledger_id, uint64_t reseller_id,
		    uint64_t transaction_id, int64_t cents, int64_t now, struct err *);

#endif
