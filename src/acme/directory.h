/* SPDX-License-Identifier: BSD-2-Clause */
/* directory: directory and newNonce (RFC 8555 s7.1.1, s7.2; DIR-01..07, NON-01). */
#ifndef CAAS_ACME_DIRECTORY_H
#define CAAS_ACME_DIRECTORY_H

#include "web/route.h"

MUST_USE int	directory_get(struct req *, struct err *);
/* Paths beside it that people try: sent on to it. */
MUST_USE int	directory_elsewhere(struct req *, struct err *);
MUST_USE int	newnonce_get(struct req *, struct err *);

#endif
