/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * order: what the responder does with orders and authorizations, each call one
 * transaction.
 */
#ifndef CAAS_STORE_ORDER_H
#define CAAS_STORE_ORDER_H

#include "model/authz.h"
#include "model/order.h"
#include "store/account.h"
#include "store/job.h"

/* Of this account only: 1, 0 (missing or another's), -1. */
MUST_USE int	order_get(struct db *, struct arena *, uint64_t id, uint64_t account_id,
		    struct order *, struct err *);
MUST_USE int	authz_get(struct db *, struct arena *, uint64_t id, uint64_t account_id,
		    struct authz *, struct err *);
/* Ids of up to max orders that are not invalid, newest first, before an id. */
MUST_USE int	order_list(struct db *, struct arena *, uint64_t account_id,
		    uint64_t before, int64_t now, size_t max, uint64_t **ids, size_t *n,
		    struct err *);

/*
 * newOrder: the order and its authorizations.  The ids of all are set here;
 * everything else is the caller's.  order->authzs is packed here.
 */
MUST_USE int	order_create(struct store *, struct tx_once *, struct arena *,
		    struct order *, struct authz *authzs, size_t n,
		    const struct client *, struct err *);

/* Where a job goes and who is rung at its end. */
struct job_route {
	const char	*host;
	uint64_t	 ring;
};

/*
 * Response to a challenge: begins the validation unless one was begun before or
 * the authorization is not pending; then nothing changes.  job gets the job's
 * id, 0 when there is none.
 */
MUST_USE int	authz_respond(struct store *, struct tx_once *, const struct authz *,
		    enum chall_type, const uint8_t key_thumbprint[32],
		    const struct job_route *, uint64_t *job, struct err *);

/* finalize: ready to processing with the signed request, and the signer's job.  ERR_ORDER_NOT_READY. */
MUST_USE int	order_finalize(struct store *, struct tx_once *, const struct order *,
		    struct view finalize_jws, const struct job_route *, uint64_t *job,
		    struct err *);

/* Make an order invalid unless it left that status meanwhile: 1, 0, -1. */
MUST_USE int	order_fail(struct store *, struct tx_once *, uint64_t id,
		    enum order_status from, struct view problem, struct err *);

#endif
