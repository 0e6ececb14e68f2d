/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * crlkeep: what a CRL listed stays in the next one, whatever became of the rows, until
 * it stood in the CRLs of a whole interval past its certificate's end (CRL-05,
 * RFC 5280 s3.3, design.md 7).
 */
#ifndef CAAS_SIGNER_CRLKEEP_H
#define CAAS_SIGNER_CRLKEEP_H

#include "signer/authority.h"
#include "store/cert.h"

/*
 * The next CRL, made now, lists what was revoked of the certificates that end at *from
 * or later: one interval, the seconds between regular CRLs, before the previous CRL
 * (DER; empty when there is none) was made as it says itself.  So an entry is in every
 * CRL of a whole interval, however late one is, and however many are made at once for
 * a revocation.
 */
MUST_USE int	crlkeep_from(struct view previous, int64_t interval, int64_t now,
		    int64_t *from, struct err *);
/*
 * entries, which are sorted by serial, are those of the next CRL.  ERR_INTERNAL names
 * a serial that would be lost: its certificate is not there, or by its own signed
 * bytes ends at from or later.
 */
MUST_USE int	crlkeep_check(const struct ca *, struct db *, struct arena *,
		    struct view previous, struct crl_entry *entries, size_t n, int64_t from,
		    struct err *);

#endif
