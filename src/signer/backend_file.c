/* SPDX-License-Identifier: BSD-2-Clause */
/* A CA key in a file. */
#include "signer/backend.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <sys/stat.h>

#include "crypto/ossl.h"
#include "crypto/scoped.h"

#define SIGNATURE_MAX	1024
#define RSA_BITS_MIN	2048	/* BR 6.1.5 */
#define GROUP_NAME_MAX	32

struct backend_key_file {
	struct backend	 base;
	EVP_PKEY	*key;
};

static int
file_sign(struct backend *b, struct arena *a, struct view tbs, struct view *out,
    struct err *err)
{
	struct backend_key_file *f = (struct backend_key_file *)b;
	SCOPED(EVP_MD_CTX) ctx = EVP_MD_CTX_new();
	unsigned char *sig = arena_alloc(a, SIGNATURE_MAX);
	size_t n = SIGNATURE_MAX;

	if (ctx == NULL ||
	    EVP_DigestSignInit(ctx, NULL, b->digest, NULL, f->key) != 1 ||
	    EVP_DigestSign(ctx, sig, &n, (const unsigned char *)tbs.p, tbs.n) != 1)
		return err_internal(err, "the CA key did not sign");
	*out = view_from(sig, n);
	return 0;
}

static void
file_free(struct backend *b)
{
	struct backend_key_file *f = (struct backend_key_file *)b;

	EVP_PKEY_free(f->key);
	free(f);
}

static const struct backend_ops file_ops = { file_sign, file_free };

/* The hash that a key signs with: fixed by curve, SHA-256 for RSA (PRO-16); NULL: no CA's key. */
static const EVP_MD *
digest_of(const EVP_PKEY *key)
{
	static const struct {
		const char	*name;
		const EVP_MD	*(*digest)(void);
	} groups[] = {
		{ "prime256v1", EVP_sha256 }, { "secp384r1", EVP_sha384 },
		{ "secp521r1", EVP_sha512 },
	};
	char name[GROUP_NAME_MAX];
	size_t i;

	if (EVP_PKEY_is_a(key, "RSA"))
		return EVP_PKEY_get_bits(key) >= RSA_BITS_MIN ? EVP_sha256() : NULL;
	if (EVP_PKEY_get_group_name(key, name, sizeof(name), NULL) != 1)
		return NULL;
	for (i = 0; i < NITEMS(groups); i++)
		if (strcmp(name, groups[i].name) == 0)
			return groups[i].digest();
	return NULL;
}

int
backend_file(const char *path, struct backend **out, struct err *err)
{
	struct backend_key_file *f;
	EVP_PKEY *key;
	struct stat st;
	BIO *bio;

	*out = NULL;
	if ((bio = BIO_new_file(path, "r")) == NULL)
		return err_internal(err, "%s: cannot be opened", path);
	key = PEM_read_bio_PrivateKey(bio, NULL, ossl_no_passphrase, NULL);
	(void)BIO_free(bio);
	if (key == NULL || digest_of(key) == NULL) {
		EVP_PKEY_free(key);
		return err_internal(err, "%s: no key that a CA can sign with", path);
	}
	if (stat(path, &st) != 0 || (st.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
		EVP_PKEY_free(key);
		return err_internal(err, "%s: readable by others than its owner", path);
	}
	if ((f = calloc(1, sizeof(*f))) == NULL) {
		EVP_PKEY_free(key);
		return err_internal(err, "out of memory");
	}
	f->base = (struct backend){ &file_ops, key, digest_of(key) };
	f->key = key;
	*out = &f->base;
	return 0;
}
