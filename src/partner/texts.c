/* SPDX-License-Identifier: BSD-2-Clause */
/* The error table of the partner API, but for rows that are a kind of their own. */
#include "partner/texts.h"

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
