/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * profile: what kind of certificate an order asks for, and for when
 * (draft-ietf-acme-profiles, PRF-01..05; RFC 8555 s7.4, ORD-06).
 */
#ifndef CAAS_ACME_PROFILE_H
#define CAAS_ACME_PROFILE_H

#include "model/order.h"
#include "web/route.h"
#include "wire/ident.h"
#include "wire/json.h"

/* "profiles" of the directory's meta, if there are any. */
void		profile_put_all(struct jsonw *, const struct req *);
/*
 * "profile", "notBefore" and "notAfter" of newOrder into the order; the server's
 * profile if none is asked for.  ERR_INVALID_PROFILE, ERR_MALFORMED.
 */
MUST_USE int	profile_choose(struct req *, const struct ident *, size_t n, struct order *,
		    struct err *);
/* Is it still offered (PRF-05)?  ERR_INVALID_PROFILE. */
MUST_USE int	profile_check(const struct req *, const struct order *, struct err *);

#endif
