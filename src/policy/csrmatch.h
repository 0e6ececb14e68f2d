/* SPDX-License-Identifier: BSD-2-Clause */
/* csrmatch: a CSR asks for exactly the identifiers of its order (RFC 8555 s7.4; FIN-05). */
#ifndef CAAS_POLICY_CSRMATCH_H
#define CAAS_POLICY_CSRMATCH_H

#include "crypto/csr.h"

/*
 * ERR_BAD_CSR names an identifier that is missing, or one too many.  idents are
 * sorted, each once.
 */
MUST_USE int	csrmatch(struct arena *, const struct csr *, const struct ident *idents,
		    size_t n, struct err *);

#endif
