/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pricing: terms, days and cents of subscriptions (partner-api 7, 8, 11).
 * Dates are days since 1970-01-01 UTC, money is integer cents.
 */
#ifndef CAAS_POLICY_PRICING_H
#define CAAS_POLICY_PRICING_H

#include "base/view.h"

#define PRICING_YEARS_MAX	3
#define DAYS_A_YEAR		365

enum name_kind { NAME_FQDN = 1, NAME_WILDCARD = 2 };	/* stored in SQL */

/* Prices of one reseller on one server for one kind of name; 0 cents is a price, -1 none. */
struct price {
	int64_t	year_cents;			/* one year */
	int64_t	term_cents[PRICING_YEARS_MAX];	/* for 1, 2, 3 years; -1: years * year_cents */
};

/*
 * What a whole term costs.  -1 when there is no price, no such term, or more
 * than can be counted.
 */
int64_t	pricing_term(const struct price *, unsigned years);
/*
 * Pro rata for full_days of a subscription whose term is years:
 * round_half_up(price a year * days / 365); with a price for the term, price of
 * the term * days / days of the term.  -1 as above.
 */
int64_t	pricing_days(const struct price *, unsigned years, int64_t full_days);

/* When a subscription that begins with a first name at this time starts and ends. */
int64_t	pricing_start_at(int64_t now);
int64_t	pricing_end_at(int64_t now, unsigned years);
/* The end after an extension that is counted from the old end. */
int64_t	pricing_extended_end_at(int64_t end_at, unsigned years);
/* Full days left: D(end) - D(now), never below 0. */
int64_t	pricing_full_days(int64_t now, int64_t end_at);

#define SUB_GRACE_DAYS	30	/* after its end a subscription may still be extended */
enum sub_phase {
	SUB_ACTIVE,	/* names work */
	SUB_GRACE,	/* over, may still be extended; no issuance */
	SUB_EXPIRED,	/* the extension window has closed */
};
enum sub_phase	pricing_phase(int64_t now, int64_t end_at);
/* V2: from 100 days before the end to 30 days after it, both days whole (X10, R-3). */
bool	pricing_may_extend(int64_t now, int64_t end_at);
/*
 * V1: while 730 days or fewer remain and the lifetime stays within 3 years (X17);
 * not later after the end than in V2.
 */
bool	pricing_may_extend_v1(int64_t now, int64_t start_at, int64_t end_at);
/* Refund of the adding order: strictly less than 30 * 86400 s after it. */
bool	pricing_refundable(int64_t now, int64_t added_at);

/* "72.60"; negative amounts with a '-'. */
#define CENTS_TEXT_MAX	24
void	cents_format(int64_t cents, char out[CENTS_TEXT_MAX]);
/* Decimal, an optional sign, at most two decimals; -1 when it is no amount. */
MUST_USE int	cents_parse(struct view, int64_t *cents);

#endif
