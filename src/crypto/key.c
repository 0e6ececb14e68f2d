/* SPDX-License-Identifier: BSD-2-Clause */
/* Public keys from their numbers, and thumbprints (RFC 7638). */
#include "crypto/key.h"

#include <openssl/err.h>

#include "crypto/ossl.h"
#include "crypto/pkey.h"
#include "crypto/scoped.h"
#include "crypto/spki.h"
#include "wire/limits.h"

#define COORD_MAX	66	/* octets of a P-521 coordinate */
#define RSA_E_MAX	8	/* octets; more only slows verification down */

static const struct curve {
	char	group[8];	/* name of OpenSSL, and of RFC 7518 s6.2.1.1 */
	size_t	width;		/* octets of a coordinate */
} curves[] = {
	[JWK_P256] = { "P-256", 32 },
	[JWK_P384] = { "P-384", 48 },
	[JWK_P521] = { "P-521", 66 },
};

void
key_thumbprint(const struct jwk *jwk, uint8_t out[THUMBPRINT_LEN])
{
	sha256(jwk->canonical, out);
}

int
key_wrap_pkey(EVP_PKEY *pkey, enum jwk_type type, struct key **out, struct err *err)
{
	struct key *key = calloc(1, sizeof(*key));

	*out = NULL;
	if (key == NULL) {
		EVP_PKEY_free(pkey);
		return err_internal(err, "out of memory");
	}
	key->pkey = pkey;
	key->type = type;
	if (type != JWK_RSA && type != JWK_ED25519) {
		key->verify = EVP_PKEY_CTX_new_from_pkey(NULL, pkey, NULL);
		if (key->verify == NULL || EVP_PKEY_verify_init(key->verify) != 1) {
			key_free(key);
			return ossl_err(err, "verification with a key");
		}
	}
	*out = key;
	return 0;
}

void
key_free(struct key *key)
{
	if (key == NULL)
		return;
	EVP_PKEY_CTX_free(key->verify);
	EVP_PKEY_free(key->pkey);
	free(key);
}

enum jwk_type
key_type(const struct key *key)
{
	return key->type;
}

unsigned
key_bits(const struct key *key)
{
	return (unsigned)EVP_PKEY_get_bits(key->pkey);
}

/* NULL when OpenSSL finds that the parameters are no public key. */
static EVP_PKEY *
from_params(const char *algorithm, OSSL_PARAM *params)
{
	SCOPED(EVP_PKEY_CTX) ctx = EVP_PKEY_CTX_new_from_name(NULL, algorithm, NULL);
	EVP_PKEY *pkey = NULL;

	if (ctx == NULL || EVP_PKEY_fromdata_init(ctx) != 1)
		ossl_die(algorithm);
	if (EVP_PKEY_fromdata(ctx, &pkey, EVP_PKEY_PUBLIC_KEY, params) != 1)
		ERR_clear_error();
	return pkey;
}

/* No leading zero octets, so that one key has one form (JWS-27), and odd. */
static bool
is_minimal_odd(struct view number)
{
	return number.n != 0 && number.p[0] != 0 && (number.p[number.n - 1] & 1) != 0;
}

static int
check_rsa(const struct jwk *jwk, struct err *err)
{
	if (!is_minimal_odd(jwk->n) || jwk->n.n > RSA_BITS_MAX / 8)
		return err_set(err, ERR_BAD_PUBLIC_KEY,
		    "The RSA modulus must be odd and have at most %d bits", RSA_BITS_MAX);
	if (!is_minimal_odd(jwk->e) || jwk->e.n > RSA_E_MAX || view_is(jwk->e, "\1"))
		return err_set(err, ERR_BAD_PUBLIC_KEY,
		    "The RSA exponent must be odd, at least 3 and at most %d bits long",
		    RSA_E_MAX * 8);
	return 0;
}

static int
from_rsa(const struct jwk *jwk, struct key **out, struct err *err)
{
	SCOPED(OSSL_PARAM_BLD) bld = OSSL_PARAM_BLD_new();
	SCOPED(OSSL_PARAM) params = NULL;
	SCOPED(BIGNUM) n = NULL;
	SCOPED(BIGNUM) e = NULL;
	EVP_PKEY *pkey;

	if (check_rsa(jwk, err) != 0)
		return -1;
	n = BN_bin2bn((const uint8_t *)jwk->n.p, (int)jwk->n.n, NULL);
	e = BN_bin2bn((const uint8_t *)jwk->e.p, (int)jwk->e.n, NULL);
	if (bld == NULL || n == NULL || e == NULL ||
	    OSSL_PARAM_BLD_push_BN(bld, "n", n) != 1 ||
	    OSSL_PARAM_BLD_push_BN(bld, "e", e) != 1 ||
	    (params = OSSL_PARAM_BLD_to_param(bld)) == NULL)
		return ossl_err(err, "RSA parameters");
	if ((pkey = from_params("RSA", params)) == NULL)
		return err_set(err, ERR_BAD_PUBLIC_KEY, "The numbers are no RSA key");
	return key_wrap_pkey(pkey, JWK_RSA, out, err);
}

/* Both in the field, on the curve; it is no infinity, which has no x and y. */
static bool
point_ok(EVP_PKEY *pkey)
{
	SCOPED(EVP_PKEY_CTX) ctx = EVP_PKEY_CTX_new_from_pkey(NULL, pkey, NULL);

	/* The full check would add that n * Q is infinity: sure with cofactor 1. */
	return ctx != NULL && EVP_PKEY_public_check_quick(ctx) == 1;
}

static int
from_ec(const struct jwk *jwk, struct key **out, struct err *err)
{
	const struct curve *curve = &curves[jwk->type];
	uint8_t point[1 + 2 * COORD_MAX] = { POINT_CONVERSION_UNCOMPRESSED };
	char group[sizeof(curve->group)];
	OSSL_PARAM params[3];
	EVP_PKEY *pkey;

	if (jwk->x.n != curve->width || jwk->y.n != curve->width)
		return err_set(err, ERR_BAD_PUBLIC_KEY,
		    "The coordinates of a key on %s have %zu octets", curve->group,
		    curve->width);
	memcpy(point + 1, jwk->x.p, curve->width);
	memcpy(point + 1 + curve->width, jwk->y.p, curve->width);
	memcpy(group, curve->group, sizeof(group));
	params[0] = OSSL_PARAM_construct_utf8_string("group", group, 0);
	params[1] = OSSL_PARAM_construct_octet_string("pub", point, 1 + 2 * curve->width);
	params[2] = OSSL_PARAM_construct_end();
	pkey = from_params("EC", params);
	if (pkey == NULL || !point_ok(pkey)) {
		EVP_PKEY_free(pkey);
		ERR_clear_error();
		return err_set(err, ERR_BAD_PUBLIC_KEY,
		    "The coordinates are no point on %s", curve->group);
	}
	return key_wrap_pkey(pkey, jwk->type, out, err);
}

int
key_from_jwk(const struct jwk *jwk, struct key **out, struct err *err)
{
	*out = NULL;
	switch (jwk->type) {
	case JWK_RSA:
		return from_rsa(jwk, out, err);
	case JWK_ED25519:
		return key_from_ed25519(jwk->x, out, err);
	default:
		return from_ec(jwk, out, err);
	}
}

int
key_from_spki(struct view der, struct key **out, struct err *err)
{
	struct jwk jwk;

	*out = NULL;
	if (spki_parse(der, &jwk, err) != 0)
		return -1;
	return key_from_jwk(&jwk, out, err);
}

int
key_spki_thumbprint(struct view spki, uint8_t out[THUMBPRINT_LEN], struct err *err)
{
	struct arena *a;
	struct jwk jwk;

	if (spki_parse(spki, &jwk, err) != 0)
		return -1;
	a = arena_new();
	sha256(view_of(jwk_canonical(a, &jwk)), out);
	arena_free(a);
	return 0;
}
