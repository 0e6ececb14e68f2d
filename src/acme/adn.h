/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * adn: Authorization Domain Names: of which names control is to be proven for those
 * of an order (RFC 9444; SUB-01..05, AUZ-08).
 *
 * Each name is proven by itself, unless the client proves a domain above it for all
 * names below that, or has proven one; the binding's subscription must hold the domain
 * or its wildcard.  CAA and subscription are a matter of each name all the same.
 */
#ifndef CAAS_ACME_ADN_H
#define CAAS_ACME_ADN_H

#include "acme/identifier.h"
#include "auth/gate.h"
#include "model/authz.h"
#include "model/order.h"

/* Can it be proven in any way that is offered (SUB-01)? */
bool		 adn_is_offered(const struct req *);
/* May control of this one be proven for all names below it? */
MUST_USE int	 adn_may_cover(struct req *, const struct ident *, bool *may, struct err *);
/*
 * The authorizations of a new order, which together cover its names: those that have an
 * id are valid ones of before, and the order expires no later than they.
 */
MUST_USE int	 adn_choose(struct req *, struct order *, const struct identifiers *,
		    struct authz **, size_t *n, struct err *);
/* The account's valid authorization that covers this, its end after that: 1, 0, -1. */
MUST_USE int	 adn_holds(struct req *, const struct ident *, int64_t after, struct authz *,
		    struct err *);

#endif
