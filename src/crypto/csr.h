/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * csr: PKCS#10 requests (RFC 2986) as finalize carries them: what is asked, not
 * whether it may be had.  FIN-02..10, FIN-13, FIN-14, PRO-20, PRO-21.
 */
#ifndef CAAS_CRYPTO_CSR_H
#define CAAS_CRYPTO_CSR_H

#include "crypto/key.h"
#include "wire/ident.h"

struct csr {
	struct ident	*idents;	/* SAN and CN together, sorted, each once */
	size_t		 nidents;
	struct view	 spki;		/* DER, in the exact encoding that PRO-20/21 ask for */
	enum jwk_type	 key_type;	/* never JWK_ED25519 */
	unsigned	 key_bits;
	uint64_t	 rsa_e;		/* RSA: the exponent; other keys: 0 */
	struct view	 rsa_n;		/* RSA: the modulus, big-endian */
	uint8_t		 spki_sha256[SHA256_LEN];
};

/*
 * Parse the DER and verify its own signature; what it holds lives in the arena.
 * ERR_BAD_CSR says what is wrong: not DER or bytes behind it, version other
 * than 0, signature algorithm (SHA-1, MD5, DSA, PSS, Ed25519 keys), bad
 * signature, names that are no names, SAN types other than dNSName and
 * iPAddress, an IP address as dNSName or CN, two extension requests, SAN twice,
 * a key type or encoding that no certificate of ours has, TLS Feature
 * (must-staple).  Other requested extensions and subject attributes are
 * ignored, and so is a CN over 64 characters.  A CN that is not a name at all
 * is an error only if there is no SAN.
 */
MUST_USE int	csr_parse(struct arena *, struct view der, struct csr *out, struct err *);

#endif
