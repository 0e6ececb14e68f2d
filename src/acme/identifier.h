/* SPDX-License-Identifier: BSD-2-Clause */
/* identifier: which identifiers a request names, and whether its account may have them. */
#ifndef CAAS_ACME_IDENTIFIER_H
#define CAAS_ACME_IDENTIFIER_H

#include "web/route.h"
#include "wire/ident.h"

/* Both sorted, each once. */
struct identifiers {
	struct ident	*v;
	size_t		 n;
	struct ident	*ancestors;	/* "ancestorDomain" of any of them (SUB-02) */
	size_t		 nancestors;
};

/*
 * "identifiers" of newOrder: what syntax and policy allow.  What they do not is told
 * in one error, a subproblem each (ORD-05).
 */
MUST_USE int	identifier_list(struct req *, struct identifiers *, struct err *);
/* "identifier" of newAuthz; below: is it asked for names below it too (SUB-03)? */
MUST_USE int	identifier_one(struct req *, struct ident *, bool *below, struct err *);
/* What policy allows of names that it allowed before: lists grow (FIN-18). */
MUST_USE int	identifier_check_allowed(struct req *, const struct ident *, size_t n,
		    struct err *);
/* ERR_NOT_SUBSCRIBED with a subproblem for each that the binding's subscription lacks. */
MUST_USE int	identifier_check_entitled(struct req *, const struct ident *, size_t n,
		    struct err *);

#endif
