/* SPDX-License-Identifier: BSD-2-Clause */
/* accountkey: which keys an account may have, and changing them (RFC 8555 s7.3.5). */
#ifndef CAAS_ACME_ACCOUNTKEY_H
#define CAAS_ACME_ACCOUNTKEY_H

#include "crypto/key.h"
#include "web/route.h"

/*
 * ERR_BAD_PUBLIC_KEY when policy refuses it, when it is the key of a certificate
 * (ACC-18) or known to be compromised (KEY-08).
 */
MUST_USE int	accountkey_check(struct req *, const struct jwk *, const struct key *,
		    const uint8_t thumbprint[THUMBPRINT_LEN], struct err *);

/* keyChange. */
MUST_USE int	accountkey_change(struct req *, struct err *);

#endif
