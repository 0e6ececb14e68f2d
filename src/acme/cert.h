/* SPDX-License-Identifier: BSD-2-Clause */
/* cert: downloading certificates (RFC 8555 s7.4.2; CRT-01..08). */
#ifndef CAAS_ACME_CERT_H
#define CAAS_ACME_CERT_H

#include "web/route.h"

/* The chain; the certificate alone, as DER, for whoever wants that more (CRT-04). */
MUST_USE int	cert_read(struct req *, struct err *);
/* With another of its issuer's chains, always PEM. */
MUST_USE int	cert_read_other(struct req *, struct err *);

#endif
