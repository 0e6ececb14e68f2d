/* SPDX-License-Identifier: BSD-2-Clause */
/* routes: the ACME resources (RFC 8555 s7.1), and what stands on plain HTTP. */
#ifndef CAAS_ACME_ROUTES_H
#define CAAS_ACME_ROUTES_H

#include "web/route.h"

extern const struct site	acme_site;
/* CRLs and issuer certificates: BR's repository. */
extern const struct site	repository_site;

#endif
