/* SPDX-License-Identifier: BSD-2-Clause */
/* JWS signatures (RFC 7518 s3.3, s3.4; RFC 8037 s3.1) and Ed25519 of our own. */
#include "crypto/sig.h"

#include <openssl/err.h>

#include "crypto/der.h"
#include "crypto/ossl.h"
#include "crypto/pkey.h"
#include "crypto/scoped.h"

#define DER_LENGTH_1	0x81	/* the length stands in the next byte */

#define ECDSA_RAW_MAX	132	/* octets of R and S for P-521 */
/* Two headers of at most 3 and 2 bytes a number, and a sign octet for each. */
#define ECDSA_DER_MAX	(3 + 2 * 3 + ECDSA_RAW_MAX)

static const struct sig_alg algs[] = {
	{ "ES256",	JWK_P256,	64,		 "SHA256" },
	{ "RS256",	JWK_RSA,	0,		 "SHA256" },
	{ "ES384",	JWK_P384,	96,		 "SHA384" },
	{ "ES512",	JWK_P521,	ECDSA_RAW_MAX,	 "SHA512" },
	{ "EdDSA",	JWK_ED25519,	ED25519_SIG_LEN, NULL },
	{ "Ed25519",	JWK_ED25519,	ED25519_SIG_LEN, NULL },	/* RFC 9864: the same */
};

const char *const sig_alg_names[] = {
	"ES256", "RS256", "ES384", "ES512", "EdDSA", NULL,
};
_Static_assert(NITEMS(sig_alg_names) == NITEMS(algs),
    "a name for every algorithm but the second one of EdDSA, and the end");

const struct sig_alg *
sig_alg_find(struct view name)
{
	size_t i;

	for (i = 0; i < NITEMS(algs); i++)
		if (view_is(name, algs[i].name))
			return &algs[i];
	return NULL;
}

/* Write a non-negative INTEGER of n octets, 66 at most; returns its end. */
static uint8_t *
put_integer(uint8_t *out, const uint8_t *number, size_t n)
{
	size_t sign;

	while (n > 1 && number[0] == 0) {
		number++;
		n--;
	}
	sign = number[0] >> 7;
	*out++ = DER_INTEGER;
	*out++ = (uint8_t)(sign + n);
	*out = 0;
	memcpy(out + sign, number, n);
	return out + sign + n;
}

/* Ecdsa-Sig-Value (RFC 3279 s2.2.3) of R||S; the bytes stand in room. */
static struct view
ecdsa_der(struct view raw, uint8_t room[ECDSA_DER_MAX])
{
	const uint8_t *r = (const uint8_t *)raw.p;
	uint8_t *body = room + 3, *head = body, *end;
	size_t n;

	end = put_integer(body, r, raw.n / 2);
	end = put_integer(end, r + raw.n / 2, raw.n / 2);
	n = (size_t)(end - body);
	*--head = (uint8_t)n;
	if (n >= 0x80)
		*--head = DER_LENGTH_1;
	*--head = DER_SEQUENCE;
	return view_from(head, (size_t)(end - head));
}

static bool
ecdsa_ok(const struct sig_alg *alg, const struct key *key, struct view data,
    struct view signature)
{
	uint8_t md[EVP_MAX_MD_SIZE], room[ECDSA_DER_MAX];
	struct view der = ecdsa_der(signature, room);
	size_t n;

	if (EVP_Q_digest(NULL, alg->digest, NULL, data.p, data.n, md, &n) != 1)
		ossl_die(alg->digest);
	return EVP_PKEY_verify(key->verify, (const uint8_t *)der.p, der.n, md, n) == 1;
}

/* digest is NULL for Ed25519; RSA is PKCS #1 v1.5, OpenSSL's default. */
static bool
message_ok(const char *digest, const struct key *key, struct view data,
    struct view signature)
{
	SCOPED(EVP_MD_CTX) ctx = EVP_MD_CTX_new();

	if (ctx == NULL ||
	    EVP_DigestVerifyInit_ex(ctx, NULL, digest, NULL, NULL, key->pkey, NULL) != 1)
		ossl_die("verification with a key");
	return EVP_DigestVerify(ctx, (const uint8_t *)signature.p, signature.n,
	    (const uint8_t *)data.p, data.n) == 1;
}

static bool
signature_ok(const struct sig_alg *alg, const struct key *key, struct view data,
    struct view signature)
{
	size_t len = alg->len != 0 ? alg->len : (key_bits(key) + 7) / 8;

	if (key->type != alg->type || signature.n != len)
		return false;
	if (key->verify != NULL)
		return ecdsa_ok(alg, key, data, signature);
	return message_ok(alg->digest, key, data, signature);
}

int
sig_verify(const struct sig_alg *alg, const struct key *key, struct view data,
    struct view signature, struct err *err)
{
	if (signature_ok(alg, key, data, signature))
		return 0;
	ERR_clear_error();
	return err_set(err, ERR_MALFORMED,
	    "The %s signature does not verify with the key", alg->name);
}

int
sig_ed25519(const struct key *pair, struct view data, uint8_t out[ED25519_SIG_LEN],
    struct err *err)
{
	SCOPED(EVP_MD_CTX) ctx = EVP_MD_CTX_new();
	size_t n = ED25519_SIG_LEN;

	if (pair->type != JWK_ED25519)
		return err_internal(err, "an Ed25519 signature with another key");
	if (ctx == NULL ||
	    EVP_DigestSignInit_ex(ctx, NULL, NULL, NULL, NULL, pair->pkey, NULL) != 1 ||
	    EVP_DigestSign(ctx, out, &n, (const uint8_t *)data.p, data.n) != 1)
		return ossl_err(err, "Ed25519 signature");
	return 0;
}

bool
sig_ed25519_ok(const struct key *key, struct view data, struct view signature)
{
	bool ok = key->type == JWK_ED25519 && signature.n == ED25519_SIG_LEN &&
	    message_ok(NULL, key, data, signature);

	if (!ok)
		ERR_clear_error();
	return ok;
}
