/* SPDX-License-Identifier: BSD-2-Clause */
/* cert: downloading certificates (RFC 8555 s7.4.2; CRT-01..08). */
#ifndef CAAS_ACME_CERT_H
#define CAAS_ACME_CERT_H

#include "web/route.h"

MUST_USE int	cert_read(struct req *, struct err *);

#endif
