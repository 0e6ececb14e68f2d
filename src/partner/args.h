/* SPDX-License-Identifier: BSD-2-Clause */
/* args: positions of arguments in the tables of actions, and values that several actions take. */
#ifndef CAAS_PARTNER_ARGS_H
#define CAAS_PARTNER_ARGS_H

#include "partner/actions.h"
#include "wire/ident.h"

enum { PREREGISTER_SERVER_URL, PREREGISTER_YEARS, PREREGISTER_DAYS };
enum {
	ADD_DOMAIN_ACCOUNT, ADD_DOMAIN_NAME, ADD_DOMAIN_QUOTE, ADD_DOMAIN_ASSOCIATED,
	ADD_DOMAIN_OV, ADD_DOMAIN_EV,
};

/* years 1 to 3, else days 365, 730 or 1095, else 1 (partner-api 4.2, A-34).  E3. */
MUST_USE int	args_term(struct view years, struct view days, unsigned *out, struct err *);
/*
 * A domain name as A-24 takes it: lower case, one trailing dot dropped, a
 * wildcard; refused by name policy as for ACME.  E3 naming domainName.
 */
MUST_USE int	args_domain(struct call *, struct view, struct ident *, struct err *);
/* The binding of any of its accounts, if it is the caller's; E3 otherwise. */
MUST_USE int	args_binding(struct call *, struct view acme_account_id, struct binding *,
		    struct err *);

#endif
