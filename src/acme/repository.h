/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * repository: what anybody may fetch over plain HTTP: CRLs and issuer
 * certificates (RFC 5280 s4.2.1.13, s4.2.2.1; BR 4.9.7).
 */
#ifndef CAAS_ACME_REPOSITORY_H
#define CAAS_ACME_REPOSITORY_H

#include "web/route.h"

/* /crl/ISSUER/SHARD.crl */
MUST_USE int	repository_crl(struct req *, struct err *);
/* /issuer/ISSUER.crt */
MUST_USE int	repository_issuer(struct req *, struct err *);

MUST_USE int	repository_enter(struct req *, struct err *);
MUST_USE int	repository_settle(struct req *, int rc, struct err *);
void		repository_fail(struct req *, const struct err *);
void		repository_finish(struct req *);

#endif
