/* SPDX-License-Identifier: BSD-2-Clause */
/* renewal: ACME Renewal Information, and orders that replace a certificate (RFC 9773). */
#ifndef CAAS_ACME_RENEWAL_H
#define CAAS_ACME_RENEWAL_H

#include "web/route.h"
#include "wire/ident.h"

/* GET renewalInfo/CERTID, by anybody (ARI-03 to ARI-09). */
int		renewal_info(struct req *, struct err *);
/*
 * "replaces" of newOrder: *text as it was given and *cert_id; empty and 0 when there is
 * none.  It must name a certificate of the account with one of the order's identifiers
 * (ARI-11): ERR_MALFORMED, ERR_UNAUTHORIZED.
 */
MUST_USE int	renewal_predecessor(struct req *, const struct ident *, size_t n,
		    struct view *text, uint64_t *cert_id, struct err *);

#endif
