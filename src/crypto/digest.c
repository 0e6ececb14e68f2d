/* SPDX-License-Identifier: BSD-2-Clause */
/* SHA-2 and HMAC (FIPS 180-4, RFC 2104), and secrets in memory. */
#include "crypto/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "crypto/ossl.h"

static const struct {
	const char	*digest;	/* OpenSSL name */
	size_t		 len;
} hmac_algs[] = {
	[HMAC_SHA256] = { "SHA256", 32 },
	[HMAC_SHA384] = { "SHA384", 48 },
	[HMAC_SHA512] = { "SHA512", 64 },
};

void
sha256(struct view data, uint8_t out[SHA256_LEN])
{
	if (EVP_Q_digest(NULL, "SHA256", NULL, data.p, data.n, out, NULL) != 1)
		ossl_die("SHA-256");
}

size_t
hmac_len(enum hmac_alg alg)
{
	return hmac_algs[alg].len;
}

void
hmac(enum hmac_alg alg, struct view key, struct view data, uint8_t out[HMAC_LEN_MAX])
{
	/* A NULL key would mean that it is set elsewhere. */
	const char *key_p = key.n != 0 ? key.p : "";

	if (EVP_Q_mac(NULL, "HMAC", NULL, hmac_algs[alg].digest, NULL, key_p, key.n,
	    (const unsigned char *)data.p, data.n, out, HMAC_LEN_MAX, NULL) == NULL)
		ossl_die("HMAC");
}

bool
secret_equal(struct view a, struct view b)
{
	return a.n == b.n && (a.n == 0 || CRYPTO_memcmp(a.p, b.p, a.n) == 0);
}

void
secret_wipe(void *p, size_t n)
{
	if (n != 0)
		OPENSSL_cleanse(p, n);
}
