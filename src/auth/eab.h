/* SPDX-License-Identifier: BSD-2-Clause */
/* eab: external account binding (RFC 8555 s7.3.4; EAB-01..09). */
#ifndef CAAS_AUTH_EAB_H
#define CAAS_AUTH_EAB_H

#include "auth/gate.h"
#include "store/binding.h"

/*
 * Verify the externalAccountBinding of a newAccount payload against the outer
 * key and URL.  out is the binding; text the value as it was received.
 * ERR_EXTERNAL_ACCOUNT_REQUIRED, ERR_MALFORMED, or ERR_UNAUTHORIZED with one
 * text for an unknown, unusable or foreign key id and for a wrong MAC.
 */
MUST_USE int	eab_verify(struct req *, const struct auth *, struct binding *out,
		    struct view *text, struct err *);

#endif
