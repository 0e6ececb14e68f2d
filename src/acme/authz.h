/* SPDX-License-Identifier: BSD-2-Clause */
/* authz: authorizations and challenges (RFC 8555 s7.4.1, s7.5). */
#ifndef CAAS_ACME_AUTHZ_H
#define CAAS_ACME_AUTHZ_H

#include "auth/gate.h"
#include "model/authz.h"

/* newAuthz. */
MUST_USE int	authz_new(struct req *, struct err *);
/* Read it, or deactivate it. */
MUST_USE int	authz_post(struct req *, struct err *);
/* Read a challenge, or respond to it. */
MUST_USE int	challenge_post(struct req *, struct err *);

/*
 * A pending one of the account that asks, with a fresh token, for an identifier, or with
 * below for the names below it too; not stored.
 */
void		authz_fill(struct req *, const struct ident *, bool below, struct authz *);

#endif
