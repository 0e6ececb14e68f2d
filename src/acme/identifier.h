/* SPDX-License-Identifier: BSD-2-Clause */
/* identifier: which identifiers a request names, and whether its account may have them. */
#ifndef CAAS_ACME_IDENTIFIER_H
#define CAAS_ACME_IDENTIFIER_H

#include "web/route.h"
#include "wire/ident.h"

/*
 * "identifiers" of newOrder, sorted, each once: what syntax and policy allow.  What
 * they do not is told in one error, a subproblem each (ORD-05).
 */
MUST_USE int	identifier_list(struct req *, struct ident **, size_t *n, struct err *);
/* "identifier" of newAuthz. */
MUST_USE int	identifier_one(struct req *, struct ident *, struct err *);
/* ERR_NOT_SUBSCRIBED with a subproblem for each that the binding's subscription lacks. */
MUST_USE int	identifier_check_entitled(struct req *, const struct ident *, size_t n,
		    struct err *);

#endif
