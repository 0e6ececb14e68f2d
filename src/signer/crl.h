/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * crl: certificate revocation lists (RFC 5280 s5, BR 7.2, 4.9.7; CRL-01..05).
 * Sharded from the start: an issuing distribution point with the URL that the
 * certificates carry; shard 0 is the only one so far.
 */
#ifndef CAAS_SIGNER_CRL_H
#define CAAS_SIGNER_CRL_H

#include "signer/authority.h"
#include "store/store.h"

/* Publish a new CRL for every CA whose newest is missing or due. */
MUST_USE int	crl_renew(struct authority *, struct store *, struct err *);
/*
 * Publish one now, with what was revoked by now; nothing for an issuer whose key
 * this signer does not hold.
 */
MUST_USE int	crl_publish(struct authority *, struct store *, uint64_t issuer_id,
		    struct err *);

#endif
