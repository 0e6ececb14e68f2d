/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * evidence: may this order have a certificate, by what is proven and not by what
 * columns say (design.md 3)?  Attestations, the client's own signature on its
 * finalize request, CAA, entitlement and account, all as they are now.
 */
#ifndef CAAS_SIGNER_EVIDENCE_H
#define CAAS_SIGNER_EVIDENCE_H

#include "crypto/csr.h"
#include "crypto/token.h"
#include "signer/authority.h"
#include "store/issuance.h"

struct evidence_context {
	struct authority		*authority;
	struct db			*db;
	const struct token_keys		*url_keys;
	struct arena			*arena;
	int64_t				 now;
};

/* What a certificate may be made of. */
struct proven {
	struct ident		*idents;	/* attested, and asked for by the CSR */
	size_t			 nidents;
	struct csr		 csr;		/* from the signed finalize request */
	int64_t			 not_before_at;	/* asked for; 0: the profile decides */
	int64_t			 not_after_at;
	uint8_t			 key_thumbprint[THUMBPRINT_LEN];	/* of the CSR's key */
};

/*
 * ERR_UNAVAILABLE or ERR_INTERNAL from the database: try again.  Anything else is
 * a refusal for good; inner says what did not hold.
 */
MUST_USE int	evidence_check(const struct evidence_context *, const struct sign_order *,
		    struct proven *, struct err *);

#endif
