/* SPDX-License-Identifier: BSD-2-Clause */
/* Sizes, exponents and weak moduli. */
#include "policy/keys.h"

#include "crypto/rsa.h"
#include "policy/knownkeys.h"

#define RSA_EXPONENT	65537

static const char *const flaws[] = {
	[RSA_FLAW_EVEN]		= "The modulus of the RSA key is even",
	[RSA_FLAW_SMALL_FACTOR]	= "The modulus of the RSA key has a factor below 752",
	[RSA_FLAW_ROCA]		= "The RSA key was made by a chip whose keys can be computed (ROCA)",
	[RSA_FLAW_CLOSE_PRIMES]	= "The two primes of the RSA key lie so close together "
				  "that anybody can compute them",
	[RSA_FLAW_POWER]	= "The modulus of the RSA key is a power of a prime",
};

static int
check_modulus(struct view n, enum err_kind kind, struct err *err)
{
	enum rsa_flaw flaw = rsa_find_flaw(n);

	return flaw == RSA_FLAW_NONE ? 0 : err_set(err, kind, "%s", flaws[flaw]);
}

static int
check_rsa(const struct csr *csr, struct err *err)
{
	if (csr->key_bits != 2048 && csr->key_bits != 3072 && csr->key_bits != 4096)
		return err_set(err, ERR_BAD_CSR,
		    "RSA keys must have 2048, 3072 or 4096 bits, not %u", csr->key_bits);
	if (csr->rsa_e != RSA_EXPONENT)
		return err_set(err, ERR_BAD_CSR,
		    "The exponent of the RSA key must be %d", RSA_EXPONENT);
	return check_modulus(csr->rsa_n, ERR_BAD_CSR, err);
}

int
keys_check(const struct csr *csr, struct err *err)
{
	const char *where = knownkeys_find(csr->spki_sha256);

	if (where != NULL)
		return err_set(err, ERR_BAD_CSR, "Everybody can read the private key in %s", where);
	switch (csr->key_type) {
	case JWK_RSA:
		return check_rsa(csr, err);
	case JWK_P256:
	case JWK_P384:
	case JWK_P521:
		return 0;
	default:
		return err_set(err, ERR_BAD_CSR,
		    "Keys must be RSA, or EC on P-256, P-384 or P-521");
	}
}

int
keys_check_account(const struct jwk *jwk, struct err *err)
{
	if (jwk->type != JWK_RSA)
		return 0;
	return check_modulus(jwk->n, ERR_BAD_PUBLIC_KEY, err);
}
