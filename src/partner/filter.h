/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * filter: which rows of GETLASTORDER are wanted (partner-api 4.11):
 *	<JSON field> <op> <value> [ AND ...]
 * domainName knows = != ? (contains) !? and case does not matter; validNotAfter knows
 * = != > < >= <= with a timestamp or a date, which is the whole day.
 */
#ifndef CAAS_PARTNER_FILTER_H
#define CAAS_PARTNER_FILTER_H

#include "base/view.h"

#define FILTERS_MAX	32

enum filter_field { FILTER_NAME, FILTER_NOT_AFTER };
enum filter_op {
	FILTER_IS, FILTER_IS_NOT, FILTER_HAS, FILTER_HAS_NOT,
	FILTER_MORE, FILTER_LESS, FILTER_AT_LEAST, FILTER_AT_MOST,
};

struct filter {
	enum filter_field	field;
	enum filter_op		op;
	struct view		text;		/* of a name */
	int64_t			first, last;	/* of a time: seconds that are meant */
};

/* A set of which all must hold. */
struct filters {
	struct filter	v[FILTERS_MAX];
	size_t		n;
};

/* Add what the text says; -1 when it is no filter, or one too many. */
MUST_USE int	filters_parse(struct filters *, struct view text);
/* not_after_at: 0, when the row has none: then no filter on it holds. */
bool		filters_match(const struct filters *, struct view name, int64_t not_after_at);
/* The one name that a filter asks for; empty: any. */
struct view	filters_name(const struct filters *);
/* What a name must contain for one of the filters, in whatever case; empty: nothing. */
struct view	filters_part(const struct filters *);

#endif
