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
/*
 * The newest valid one of a domain above that covers its subdomains, of the
 * AUTHZ_ABOVE_MAX domains that are nearest to it: 1, 0, -1.
 */
#define AUTHZ_ABOVE_MAX	8
MUST_USE int	authz_above(struct db *, struct arena *, uint64_t account_id,
		    const struct ident *, int64_t after, struct authz *, struct err *);

/* What finalize must know of an authorization. */
struct freshness {
	enum ident_type		ident_type;
	struct view		ident_value;
	bool			is_wildcard;
	bool			covers_subdomains;
	enum authz_status	status;
	int64_t			expires_at;
	int64_t			deactivated_at;		/* 0: not */
	/* When CAA permitted its own name; 0: never, or refused since, or by name. */
	int64_t			caa_checked_at;
};
/* 1, 0, -1. */
MUST_USE int	authz_freshness(struct db *, struct arena *, uint64_t id, uint64_t account_id,
		    struct freshness *, struct err *);
/* The same of a name that it covers: CAA is looked at for each. */
MUST_USE int	authz_caa_checked(struct db *, struct arena *, uint64_t id, struct view name,
		    int64_t *caa_checked_at, struct err *);

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
