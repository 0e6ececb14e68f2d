/* SPDX-License-Identifier: BSD-2-Clause */
/* The error table of the partner API, but for rows that are a kind of their own. */
#include "wire/partner_error.h"

#define ARG_MAX_BYTES	64	/* of a name that is told back */

static const struct {
	enum err_kind	 kind;
	const char	*text;		/* of a row that names an argument: what follows its name */
	const char	*before;	/* what comes before the name; NULL: names none */
} rows[] = {
	[E1]  = { ERR_MALFORMED,    "' is an unrecognized argument!", "'" },
	[E2]  = { ERR_MALFORMED,    "' argument is missing!", "The '" },
	[E3]  = { ERR_MALFORMED,    "' argument is invalid!", "The value of the '" },
	[E4]  = { ERR_MALFORMED,    "Base64url-encoding failed!", NULL },
	[E6]  = { ERR_UNAUTHORIZED, "Use of HTTPS is REQUIRED!", NULL },
	[E7]  = { ERR_UNAUTHORIZED, "Account could not be deactivated!", NULL },
	[E8]  = { ERR_UNAUTHORIZED, "Domain could not be removed!", NULL },
	[E9]  = { ERR_UNAUTHORIZED, "Not applicable for DV!", NULL },
	[E10] = { ERR_UNAUTHORIZED, "Permission denied!", NULL },
	[E11] = { ERR_UNAUTHORIZED, "Subscription expired or not found!", NULL },
	[E12] = { ERR_UNAUTHORIZED, "Pricing is not configured!", NULL },
	[E13] = { ERR_UNAUTHORIZED, "Pricing band is invalid!", NULL },
	[E14] = { ERR_UNAUTHORIZED, "Not enough credit!", NULL },
	[E18] = { ERR_UNAUTHORIZED, "The domain name is already present in the subscription.", NULL },
};
_Static_assert(NITEMS(rows) == PARTNER_ERROR__MAX, "a row for every error");

/* Rows whose text is the kind's own. */
static const struct {
	enum err_kind	 kind;
	unsigned	 number;
} kinds[] = {
	{ ERR_DEACTIVATED, 5 }, { ERR_METHOD, 20 }, { ERR_TOO_LARGE, 21 },
	{ ERR_RATE_LIMITED, 22 }, { ERR_KEY_REUSED, 24 },
};

static bool
is_row(const struct err *err, size_t i)
{
	struct view detail = view_of(err->detail);

	if (rows[i].text == NULL || err->kind != rows[i].kind)
		return false;
	if (rows[i].before == NULL)
		return view_is(detail, rows[i].text);
	return view_starts(detail, view_of(rows[i].before)) &&
	    view_ends(detail, view_of(rows[i].text));
}

unsigned
partner_error_number(const struct err *err)
{
	size_t i;

	for (i = 0; i < NITEMS(kinds); i++)
		if (err->kind == kinds[i].kind)
			return kinds[i].number;
	for (i = 0; i < NITEMS(rows); i++)
		if (is_row(err, i))
			return (unsigned)i;
	return 0;
}

int
partner_error(struct err *err, enum partner_error e)
{
	return err_set(err, rows[e].kind, "%s", rows[e].text);
}

int
partner_error_arg(struct err *err, enum partner_error e, struct view arg)
{
	arg = view_sub(arg, 0, ARG_MAX_BYTES);
	return err_set(err, rows[e].kind, "%s%.*s%s", rows[e].before, VIEW_ARG(arg),
	    rows[e].text);
}
