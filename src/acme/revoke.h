/* SPDX-License-Identifier: BSD-2-Clause */
/* revoke: revokeCert (RFC 8555 s7.6). */
#ifndef CAAS_ACME_REVOKE_H
#define CAAS_ACME_REVOKE_H

#include "web/route.h"

MUST_USE int	revoke(struct req *, struct err *);

#endif
