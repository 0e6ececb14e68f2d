/* SPDX-License-Identifier: BSD-2-Clause */
/* authz: what the responder does with authorizations (RFC 8555 s7.1.4, s7.5). */
#ifndef CAAS_STORE_AUTHZ_H
#define CAAS_STORE_AUTHZ_H

#include "model/authz.h"
#include "model/order.h"
#include "store/job.h"
#include "store/limit.h"

/* Of this account only: 1, 0 (missing or another's), -1. */
MUST_USE int	authz_get(struct db *, struct arena *, uint64_t id, uint64_t account_id,
		    struct authz *, struct err *);
/* The newest valid one for exactly this identifier whose end is after that: 1, 0, -1. */
MUST_USE int	authz_reusable(struct db *, struct arena *, uint64_t account_id,
		    const struct ident *, int64_t after, struct authz *, struct err *);
/* Is there one: 1, 0, -1. */
MUST_USE int	authz_holds(struct db *, struct arena *, uint64_t account_id,
		    const struct ident *, int64_t now, struct err *);

/* What finalize must know of an authorization. */
struct freshness {
	enum ident_type		ident_type;
	enum authz_status	status;
	int64_t			expires_at;
	int64_t			deactivated_at;		/* 0: not */
	int64_t			caa_checked_at;		/* that permitted it; 0: never, or refused since */
};
/* 1, 0, -1. */
MUST_USE int	authz_freshness(struct db *, struct arena *, uint64_t id, uint64_t account_id,
		    struct freshness *, struct err *);

/* Inside a transaction: add those of them that are pending. */
MUST_USE int	authz_put(struct db *, struct arena *, const struct authz *, size_t n,
		    int64_t now, struct err *);
/* newAuthz: one without an order; its id is set. */
MUST_USE int	authz_create(struct store *, struct tx_once *, struct arena *, struct authz *,
		    const struct limit_takes *, struct err *);

/*
 * Response to a challenge: begins the validation unless one was begun before or
 * the authorization is not pending; then nothing changes.  job gets the job's
 * id, 0 when there is none.
 */
MUST_USE int	authz_respond(struct store *, struct tx_once *, const struct authz *,
		    enum chall_type, const uint8_t key_thumbprint[32],
		    const struct job_route *, uint64_t *job, struct err *);

/*
 * Give it up for good; the order that made it fails with problem.  1, 0 when it is
 * final already, -1.
 */
MUST_USE int	authz_deactivate(struct store *, struct tx_once *, const struct authz *,
		    struct view actor, struct view problem, struct err *);

#endif
