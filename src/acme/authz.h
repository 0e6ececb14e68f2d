/* SPDX-License-Identifier: BSD-2-Clause */
/* authz: authorizations and the responses to their challenges (RFC 8555 s7.5; AUZ, CHL). */
#ifndef CAAS_ACME_AUTHZ_H
#define CAAS_ACME_AUTHZ_H

#include "web/route.h"

MUST_USE int	authz_read(struct req *, struct err *);
/* An object starts the validation, an empty payload only reads (CHL-02). */
MUST_USE int	challenge_post(struct req *, struct err *);

#endif
