/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * args: positions of arguments in the tables of actions, and what several
 * actions take, write and answer.
 */
#ifndef CAAS_PARTNER_ARGS_H
#define CAAS_PARTNER_ARGS_H

#include "partner/actions.h"
#include "store/audit.h"
#include "store/report.h"
#include "wire/ident.h"

enum { PREREGISTER_SERVER_URL, PREREGISTER_YEARS, PREREGISTER_DAYS };
enum {
	ADD_DOMAIN_ACCOUNT, ADD_DOMAIN_NAME, ADD_DOMAIN_QUOTE, ADD_DOMAIN_ASSOCIATED,
	ADD_DOMAIN_OV, ADD_DOMAIN_EV,
};
enum { REMOVE_DOMAIN_ACCOUNT, REMOVE_DOMAIN_NAME };
enum { ADD_BUNDLE_ACCOUNT, ADD_BUNDLE_TYPE, ADD_BUNDLE_COUNT, ADD_BUNDLE_QUOTE };
enum { CANCEL_SUBSCRIPTION_ACCOUNT };
enum { SCOPE_ACCOUNT, SCOPE_INCLUDE };
enum {
	LIST_ACCOUNTS_ACCOUNT, LIST_ACCOUNTS_KEY, LIST_ACCOUNTS_INCLUDE, LIST_ACCOUNTS_ACTIVITY,
	LIST_ACCOUNTS_PAGE, LIST_ACCOUNTS_SIZE, LIST_ACCOUNTS_CONTACTS,
};
enum {
	LAST_ORDER_ACCOUNT, LAST_ORDER_FILTER, LAST_ORDER_INCLUDE, LAST_ORDER_GROUP,
	LAST_ORDER_NAME,
};
enum {
	EXTEND_DOMAINS_ACCOUNT, EXTEND_DOMAINS_QUOTE, EXTEND_DOMAINS_YEARS, EXTEND_DOMAINS_DAYS,
};
enum {
	UPDATE_DOMAINS_ACCOUNT, UPDATE_DOMAINS_OV, UPDATE_DOMAINS_OLD_OV, UPDATE_DOMAINS_EV,
	UPDATE_DOMAINS_OLD_EV,
};
enum { LIST_DOMAINS_ACCOUNT, LIST_DOMAINS_PAGE, LIST_DOMAINS_SIZE };
enum {
	LIST_TRANSACTIONS_ACCOUNT, LIST_TRANSACTIONS_PAST, LIST_TRANSACTIONS_NAME,
	LIST_TRANSACTIONS_PAGE, LIST_TRANSACTIONS_SIZE, LIST_TRANSACTIONS_FROM,
	LIST_TRANSACTIONS_TO,
};

/*
 * years 1 to 3, else days 365, 730 or 1095, else 1 (partner-api 4.2, A-34); V1 knows one
 * year only (X17).  E3.
 */
MUST_USE int	args_term(enum conf_rules, struct view years, struct view days, unsigned *out,
		    struct err *);
/*
 * A domain name as A-24 takes it: lower case, one trailing dot dropped, a
 * wildcard; with ip_identifiers an address in its canonical text too.  E3 naming
 * domainName.
 */
MUST_USE int	args_domain_spelling(struct call *, struct view, struct ident *, struct err *);
/* The same, and refused by name policy as for ACME. */
MUST_USE int	args_domain(struct call *, struct view, struct ident *, struct err *);
/* The binding of any of its accounts, if it is the caller's; E3 otherwise. */
MUST_USE int	args_binding(struct call *, struct view acme_account_id, struct binding *,
		    struct err *);
/* How its server validates. */
MUST_USE int	args_validation(struct call *, const struct binding *, enum validation_type *,
		    struct err *);
/* The row of one account of such a binding. */
MUST_USE int	args_account_id(struct call *, struct view acme_account_id, uint64_t *id,
		    struct err *);

/*
 * "page" and "size" (partner-api 1): neither gives everything, page alone 100 a page;
 * at most 1000.  E3.
 */
struct page {
	uint64_t	limit;
	uint64_t	offset;
	uint64_t	from;		/* id of the first row that counts; 0: any */
};
MUST_USE int	args_page(struct view page, struct view size, struct page *, struct err *);

/* The audit row of a call, made by its reseller. */
struct audit	args_audit(const struct call *, uint64_t id, const char *event,
		    uint64_t object_id, struct view detail);

/* Members of a reply: success, orderNumber (0: a quote has none), cost, currency. */
void	args_put_bill(struct call *, uint64_t number, int64_t cents);
/* cost, currency. */
void	args_put_cost(struct call *, int64_t cents);
/* A timestamp, unless at is 0. */
void	args_put_time(struct call *, const char *name, int64_t at);
/* eabMACKeyb64url, eabMACIDb64url. */
MUST_USE int	args_put_credential(struct call *, const struct credential *, struct err *);
/* Domains[]. */
void	args_put_domains(struct call *, const struct sub_name *, size_t n);

#endif
