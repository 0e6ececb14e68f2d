/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * key: public keys, from a JWK or a SubjectPublicKeyInfo, and key pairs of our
 * own (attestation, tests).
 */
#ifndef CAAS_CRYPTO_KEY_H
#define CAAS_CRYPTO_KEY_H

#include "crypto/digest.h"
#include "wire/jwk.h"

struct key;	/* a public key, or a key pair; for one thread at a time */

#define THUMBPRINT_LEN	SHA256_LEN

/* RFC 7638 over SHA-256. */
void	key_thumbprint(const struct jwk *, uint8_t out[THUMBPRINT_LEN]);

/*
 * ERR_BAD_PUBLIC_KEY when the numbers are no key of that type (JWS-13, JWS-14):
 * a point beside its curve, coordinates of another width, an Ed25519 point of
 * small order, an RSA modulus over RSA_BITS_MAX, an exponent over 64 bits, even
 * numbers, leading zeros.  The least RSA size is wire/jwk's and policy/keys'
 * to say.
 */
MUST_USE int	key_from_jwk(const struct jwk *, struct key **, struct err *);
/* A SubjectPublicKeyInfo, in the encoding of crypto/spki only. */
MUST_USE int	key_from_spki(struct view der, struct key **, struct err *);
/* A private key in PEM (no passphrase).  ERR_INTERNAL. */
MUST_USE int	key_from_pem(struct view pem, struct key **, struct err *);
/* Raw Ed25519 public key, 32 bytes. */
MUST_USE int	key_from_ed25519(struct view raw, struct key **, struct err *);
void		key_free(struct key *);

enum jwk_type	key_type(const struct key *);
unsigned	key_bits(const struct key *);

/* Ed25519 pairs; PKCS#8 PEM. */
MUST_USE int	key_new_ed25519(struct key **, struct err *);
MUST_USE int	key_private_pem(const struct key *, struct buf *, struct err *);
MUST_USE int	key_public_raw(const struct key *, uint8_t out[32], struct err *);

/* SHA-256 of the key as a SubjectPublicKeyInfo: how blocked keys are known (KEY-08). */
MUST_USE int	key_spki_sha256(const struct key *, uint8_t out[SHA256_LEN], struct err *);

/*
 * The thumbprint that the key of a SubjectPublicKeyInfo would have as a JWK:
 * account keys and certificate keys are compared by it (FIN-12, ACC-18).
 * ERR_BAD_PUBLIC_KEY for types that no JWK of ours has.
 */
MUST_USE int	key_spki_thumbprint(struct view spki, uint8_t out[THUMBPRINT_LEN],
		    struct err *);

#endif
