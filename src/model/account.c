/* SPDX-License-Identifier: BSD-2-Clause */
/* Names of account states. */
#include "model/account.h"

static const char *const names[] = {
	[ACCOUNT_PENDING]	= "pending",
	[ACCOUNT_VALID]		= "valid",
	[ACCOUNT_SUSPENDED]	= "suspended",
	[ACCOUNT_DEACTIVATED]	= "deactivated",
	[ACCOUNT_REVOKED]	= "revoked",
};
_Static_assert(NITEMS(names) == ACCOUNT__MAX, "a name for every status");

const char *
account_status_name(enum account_status s)
{
	return s < ACCOUNT__MAX && names[s] != NULL ? names[s] : "unknown";
}

bool
account_is_open(enum account_status s)
{
	return s == ACCOUNT_VALID || s == ACCOUNT_SUSPENDED;
}
