/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * limit: what requests take from rate limits, what a client is told when one is
 * reached (ORD-21, SEC-04), and the limits resource of an account.
 *
 * An order for exactly the names of a certificate that the account had before is a
 * renewal: it takes nothing from the limits of orders.  A paused name stays paused.
 */
#ifndef CAAS_ACME_LIMIT_H
#define CAAS_ACME_LIMIT_H

#include "acme/identifier.h"
#include "auth/gate.h"
#include "model/authz.h"
#include "model/order.h"
#include "store/limit.h"

/* What newAccount, newAuthz and newOrder take; authzs with an id are reused ones. */
struct limit_takes	limit_of_account(struct req *);
struct limit_takes	limit_of_authz(struct req *, const struct ident *);
struct limit_takes	limit_of_order(struct req *, const struct order *,
			    const struct identifiers *, const struct authz *, size_t n);

/*
 * After a failure: ERR_RATE_LIMITED gets its text, its subproblems and the time after
 * which the same request passes; another error stays as it is.  Returns -1.
 */
int	limit_explain(struct req *, const struct limit_takes *, struct err *);

/* ACCOUNT/limits (not of RFC 8555): how the limits stand; {"unpause": [NAME...]}. */
MUST_USE int	limit_post(struct req *, struct err *);

#endif
