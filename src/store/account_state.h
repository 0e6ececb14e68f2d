/* SPDX-License-Identifier: BSD-2-Clause */
/* account_state: accounts and bindings as their reseller blocks them (partner-api 4.12). */
#ifndef CAAS_STORE_ACCOUNT_STATE_H
#define CAAS_STORE_ACCOUNT_STATE_H

#include "model/account.h"
#include "store/audit.h"
#include "store/store.h"

enum account_state_change {
	STATE_SUSPEND,		/* pending and valid accounts */
	STATE_UNSUSPEND,	/* suspended ones: they are again what they were */
	STATE_DEACTIVATE,	/* for good */
	STATE__MAX
};

struct account_scope {
	uint64_t	reseller_id;
	uint64_t	binding_id;	/* 0: all of the reseller's */
	uint64_t	account_id;	/* 0: all of the binding's, and the binding itself */
};

struct account_state {
	enum account_state_change	change;
	struct account_scope		scope;
	struct audit			audit;		/* written if anything changed */
	struct view			problem;	/* of orders that a deactivation ends */
	int64_t				orders_since;	/* older ones have expired anyway */
	uint64_t			accounts;	/* out: how many changed */
};

/* Inside a transaction.  An account whose state does not fit is left alone. */
MUST_USE int	account_state_change(struct db *, struct account_state *, struct err *);

#endif
