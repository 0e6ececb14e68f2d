/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * order: what the responder does with orders, each call one transaction.
 */
#ifndef CAAS_STORE_ORDER_H
#define CAAS_STORE_ORDER_H

#include "model/order.h"
#include "store/account.h"
#include "store/authz.h"

/* Of this account only: 1, 0 (missing or another's), -1. */
MUST_USE int	order_get(struct db *, struct arena *, uint64_t id, uint64_t account_id,
		    struct order *, struct err *);
/* Ids of up to max orders that are not invalid, newest first, before an id. */
MUST_USE int	order_list(struct db *, struct arena *, uint64_t account_id,
		    uint64_t before, int64_t now, size_t max, uint64_t **ids, size_t *n,
		    struct err *);

/*
 * newOrder: the order for names and their authorizations; one that has an id is reused.
 * The other ids, status, authz_left, reused and authzs of the order are set here,
 * everything else is the caller's.  takes is taken from the limits of the account:
 * ERR_RATE_LIMITED.  What it replaces is its alone until it fails: ERR_ALREADY_REPLACED.
 * It is the newest of its account for each name from then on.
 */
MUST_USE int	order_create(struct store *, struct tx_once *, struct arena *,
		    uint64_t binding_id, struct order *, const struct ident *names,
		    size_t nnames, struct authz *authzs, size_t n, const struct client *,
		    const struct limit_takes *, struct err *);

/* A name for which CAA must be looked at, with the authorization that covers it. */
struct caa_due {
	uint64_t	authz_id;
	struct view	name;		/* empty: the authorization's own */
};
/*
 * finalize: ready to processing with the signed request, and the signer's job,
 * which waits for a look at CAA for each of the stale names.  jobs gets the ids: of
 * those, then the signer's.  ERR_ORDER_NOT_READY.
 */
MUST_USE int	order_finalize(struct store *, struct tx_once *, struct arena *,
		    const struct order *, struct view finalize_jws, const struct caa_due *stale,
		    size_t nstale, const struct job_route *, uint64_t **jobs, struct err *);

/* Make an order invalid unless it left that status meanwhile: 1, 0, -1. */
MUST_USE int	order_fail(struct store *, struct tx_once *, uint64_t id,
		    enum order_status from, struct view problem, struct err *);

#endif
