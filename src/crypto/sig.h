/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sig: the JWS algorithms that are accepted, as a table (JWS-06, JWS-07,
 * JWS-15, JWS-16, OTH-02), and Ed25519 for attestations.
 */
#ifndef CAAS_CRYPTO_SIG_H
#define CAAS_CRYPTO_SIG_H

#include "crypto/key.h"

struct sig_alg {
	const char	*name;		/* "ES256" */
	enum jwk_type	 type;		/* the only key type that fits */
	size_t		 len;		/* octets of a signature; 0: as long as the modulus */
	const char	*digest;	/* OpenSSL name, NULL for EdDSA */
};

/* NULL when the name is not in the table. */
const struct sig_alg	*sig_alg_find(struct view name);
/* One name for each, NULL-ended, for the "algorithms" member. */
extern const char *const sig_alg_names[];

/*
 * Verify a JWS signature: raw R||S for ECDSA.  0 when it is good; ERR_MALFORMED
 * when it is not (JWS-18), whatever is wrong with it.  The key's type must be
 * the algorithm's.
 */
MUST_USE int	sig_verify(const struct sig_alg *, const struct key *,
		    struct view data, struct view signature, struct err *);

#define ED25519_SIG_LEN	64
MUST_USE int	sig_ed25519(const struct key *pair, struct view data,
		    uint8_t out[ED25519_SIG_LEN], struct err *);
bool		sig_ed25519_ok(const struct key *, struct view data, struct view signature);

#endif
