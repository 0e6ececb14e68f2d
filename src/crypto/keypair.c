/* SPDX-License-Identifier: BSD-2-Clause */
/* Ed25519 keys (RFC 8032), and private keys in PEM (RFC 5958). */
#include "crypto/key.h"

#include <limits.h>

#include <openssl/pem.h>

#include "crypto/ossl.h"
#include "crypto/pkey.h"
#include "crypto/scoped.h"

#define ED25519_LEN	32

/*
 * The points of small order, every encoding of them with the sign bit off.
 * Under such a key one signature fits many messages (RFC 8032 s8.9).  A key
 * that is no point at all needs no list: nothing verifies with it.
 */
static const uint8_t small_order[][ED25519_LEN] = {
	{ 0 },
	{ 1 },
	{ 0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef,
	  0x98, 0xf0, 0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88,
	  0x6d, 0x53, 0xfc, 0x05 },
	{ 0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10,
	  0x67, 0x0f, 0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77,
	  0x92, 0xac, 0x03, 0x7a },
	/* p - 1, p and p + 1 for p = 2^255 - 19 */
	{ 0xec, [1 ... 30] = 0xff, 0x7f },
	{ 0xed, [1 ... 30] = 0xff, 0x7f },
	{ 0xee, [1 ... 30] = 0xff, 0x7f },
};

static bool
is_small_order(const uint8_t raw[ED25519_LEN])
{
	uint8_t y[ED25519_LEN];
	size_t i;

	memcpy(y, raw, sizeof(y));
	y[ED25519_LEN - 1] &= 0x7f;
	for (i = 0; i < NITEMS(small_order); i++)
		if (memcmp(y, small_order[i], sizeof(y)) == 0)
			return true;
	return false;
}

int
key_from_ed25519(struct view raw, struct key **out, struct err *err)
{
	EVP_PKEY *pkey;

	*out = NULL;
	if (raw.n != ED25519_LEN)
		return err_set(err, ERR_BAD_PUBLIC_KEY, "An Ed25519 key has %d octets",
		    ED25519_LEN);
	if (is_small_order((const uint8_t *)raw.p))
		return err_set(err, ERR_BAD_PUBLIC_KEY,
		    "The Ed25519 key is a point of small order");
	pkey = EVP_PKEY_new_raw_public_key_ex(NULL, "ED25519", NULL,
	    (const uint8_t *)raw.p, raw.n);
	if (pkey == NULL)
		return ossl_err(err, "Ed25519 key");
	return key_wrap_pkey(pkey, JWK_ED25519, out, err);
}

int
key_new_ed25519(struct key **out, struct err *err)
{
	EVP_PKEY *pkey;

	*out = NULL;
	if ((pkey = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519")) == NULL)
		return ossl_err(err, "making an Ed25519 key");
	return key_wrap_pkey(pkey, JWK_ED25519, out, err);
}

static const struct {
	const char	*algorithm;
	const char	*group;		/* NULL: the algorithm says it all */
	enum jwk_type	 type;
} pkey_types[] = {
	{ "ED25519",	NULL,		JWK_ED25519 },
	{ "RSA",	NULL,		JWK_RSA },
	{ "EC",		"prime256v1",	JWK_P256 },
	{ "EC",		"secp384r1",	JWK_P384 },
	{ "EC",		"secp521r1",	JWK_P521 },
};

static int
find_type(const EVP_PKEY *pkey, enum jwk_type *type)
{
	char group[32] = "";
	size_t i;

	(void)EVP_PKEY_get_group_name(pkey, group, sizeof(group), NULL);
	for (i = 0; i < NITEMS(pkey_types); i++) {
		if (!EVP_PKEY_is_a(pkey, pkey_types[i].algorithm))
			continue;
		if (pkey_types[i].group != NULL &&
		    !view_is(view_of(group), pkey_types[i].group))
			continue;
		*type = pkey_types[i].type;
		return 0;
	}
	return -1;
}

int
key_from_pem(struct view pem, struct key **out, struct err *err)
{
	SCOPED(BIO) bio = NULL;
	enum jwk_type type;
	EVP_PKEY *pkey;

	*out = NULL;
	if (pem.n > INT_MAX || (bio = BIO_new_mem_buf(pem.p, (int)pem.n)) == NULL ||
	    (pkey = PEM_read_bio_PrivateKey(bio, NULL, ossl_no_passphrase, NULL)) == NULL)
		return ossl_err(err, "reading a private key");
	if (find_type(pkey, &type) != 0) {
		EVP_PKEY_free(pkey);
		return err_internal(err, "a private key of a type that is not used here");
	}
	return key_wrap_pkey(pkey, type, out, err);
}

int
key_private_pem(const struct key *key, struct buf *out, struct err *err)
{
	/* Secure memory is wiped when it is freed, locked or not. */
	SCOPED(BIO) bio = BIO_new(BIO_s_secmem());
	char *p;
	long n;

	if (bio == NULL ||
	    PEM_write_bio_PKCS8PrivateKey(bio, key->pkey, NULL, NULL, 0, NULL, NULL) != 1 ||
	    (n = BIO_get_mem_data(bio, &p)) <= 0)
		return ossl_err(err, "writing a private key");
	buf_bytes(out, p, (size_t)n);
	return buf_failed(out) ? err_internal(err, "a private key does not fit") : 0;
}

int
key_public_raw(const struct key *key, uint8_t out[32], struct err *err)
{
	size_t n = ED25519_LEN;

	if (key->type != JWK_ED25519)
		return err_internal(err, "a key that is not Ed25519");
	if (EVP_PKEY_get_raw_public_key(key->pkey, out, &n) != 1)
		return ossl_err(err, "reading an Ed25519 key");
	return 0;
}

int
key_spki_sha256(const struct key *k, uint8_t out[SHA256_LEN], struct err *err)
{
	unsigned char *der = NULL;
	int n = i2d_PUBKEY(k->pkey, &der);

	if (n <= 0)
		return ossl_err(err, "SubjectPublicKeyInfo");
	sha256(view_from(der, (size_t)n), out);
	OPENSSL_free(der);
	return 0;
}
