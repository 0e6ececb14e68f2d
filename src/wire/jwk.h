/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * jwk: public JSON Web Keys (RFC 7517, RFC 7518 s6, RFC 8037) and the input of
 * their thumbprint (RFC 7638).  JWS-11, JWS-12, JWS-14, JWS-16, JWS-26, JWS-27.
 */
#ifndef CAAS_WIRE_JWK_H
#define CAAS_WIRE_JWK_H

#include "wire/json.h"

enum jwk_type {
	JWK_RSA, JWK_P256, JWK_P384, JWK_P521, JWK_ED25519,
};

struct jwk {
	enum jwk_type	type;
	struct view	n, e;		/* RSA: big-endian, minimal */
	struct view	x, y;		/* EC: full field width; OKP: x only */
	bool		is_leaked;	/* private members came with it */
	struct view	canonical;	/* the members that make the thumbprint, RFC 7638 s3 */
};

/*
 * Parse a public key; everything in out lives in the arena.
 * ERR_MALFORMED: not a JWK, or alg, use or key_ops contradict its use for
 * signatures.  ERR_BAD_PUBLIC_KEY: another key type or curve, private members,
 * coordinates of the wrong length, numbers that are not minimal, RSA sizes
 * outside RSA_BITS_MIN..MAX or not a multiple of 8, an even modulus, an exponent
 * that is even, below 3 or beyond 2^256 (BR 6.1.6).  Whether a point is on its
 * curve is crypto/key's to say.
 *
 * When nothing but private members is wrong, out is whole and is_leaked set: the
 * key must be refused, but whether it is the holder's can be seen (JWS-11).
 */
MUST_USE int	jwk_parse(struct arena *, const struct json *, struct jwk *out,
		    struct err *);
/* The same from text, such as a stored canonical form or an EAB payload. */
MUST_USE int	jwk_parse_text(struct arena *, struct view text, struct jwk *out,
		    struct err *);

/* The canonical text of a key that was not parsed from JSON, from its numbers. */
const char	*jwk_canonical(struct arena *, const struct jwk *);

/* "RSA", "EC P-256", ... for error texts. */
const char	*jwk_type_name(enum jwk_type);

#endif
