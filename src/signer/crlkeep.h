/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * crlkeep: what a CRL listed stays in the next one until the certificate has
 * expired, whatever became of the rows (CRL-05, design.md 7).
 */
#ifndef CAAS_SIGNER_CRLKEEP_H
#define CAAS_SIGNER_CRLKEEP_H

#include "signer/authority.h"
#include "store/cert.h"

/*
 * previous: the newest CRL, DER; empty when there is none.  entries, which are
 * sorted by serial, are those of the next.  ERR_INTERNAL names a serial that would
 * be lost: its certificate is not there, or not expired by its own signed bytes.
 */
MUST_USE int	crlkeep_check(const struct ca *, struct db *, struct arena *,
		    struct view previous, struct crl_entry *entries, size_t n, int64_t now,
		    struct err *);

#endif
