/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * addition: a name that comes into the subscription of a binding, and what it costs
 * (partner-api 4.3, 7; ): planned, and then done, by ADDDOMAIN and by caasctl
 * import.
 */
#ifndef CAAS_BILLING_ADDITION_H
#define CAAS_BILLING_ADDITION_H

#include "model/partner.h"
#include "policy/names.h"
#include "store/audit.h"
#include "store/store.h"

/* Ids of the rows that it may make, from the writer. */
enum {
	ADDITION_SUBSCRIPTION, ADDITION_TRANSACTION, ADDITION_LEDGER, ADDITION_NAME,
	ADDITION_ASSOCIATED, ADDITION__IDS
};

struct addition {
	/* Given. */
	const struct conf		*conf;
	const struct names_policy	*policy;
	struct arena			*arena;
	int64_t				 now;
	uint64_t			 reseller_id;
	struct ident			 name;
	bool				 associate;	/* its associated name comes along */
	struct binding			 binding;
	uint64_t			 ids[ADDITION__IDS];	/* 0: it is a quote */
	uint64_t			 number;
	struct audit			 audit;		/* the row that tells of it */
	/* Planned. */
	struct subscription		 sub;		/* the active one, or the one to be started */
	bool				 starts;	/* sub is new */
	struct sub_name			 names[2];	/* requested, associated */
	size_t				 n;
	int64_t				 cents;
	int64_t				 days;
};

/*
 * What comes of it as things are; done, within the lock of the binding.  E10 to E13 and
 * E18 refuse it.
 */
MUST_USE int	addition_plan(struct db *, struct addition *, struct err *);
/* Write what was planned, all but the money. */
MUST_USE int	addition_put(struct db *, const struct addition *, struct err *);
/* Last of all in the transaction: take the money.  E14. */
MUST_USE int	addition_charge(struct db *, const struct addition *, struct err *);

#endif
