/* SPDX-License-Identifier: BSD-2-Clause */
/* finalize: from a ready order and a CSR to the signer (RFC 8555 s7.4; FIN-01..21). */
#ifndef CAAS_ACME_FINALIZE_H
#define CAAS_ACME_FINALIZE_H

#include "web/route.h"

MUST_USE int	finalize(struct req *, struct err *);

#endif
