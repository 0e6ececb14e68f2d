/* SPDX-License-Identifier: BSD-2-Clause */
/* AES-256-GCM (NIST SP 800-38D): nonce 12 bytes, ciphertext, tag 16 bytes. */
#include "crypto/wrap.h"

#include "base/hex.h"
#include "base/random.h"
#include "crypto/digest.h"
#include "crypto/keyfile.h"
#include "crypto/ossl.h"
#include "crypto/scoped.h"

#define KEY_LEN		32
#define NONCE_LEN	12
#define TAG_LEN		16
#define KEY_ID_MAX	1024
#define VERSION_MAX	65535

_Static_assert(NONCE_LEN + TAG_LEN == WRAP_OVERHEAD, "the header says what is added");

struct wrap_key {
	unsigned	version;
	uint8_t		key[KEY_LEN];
};

struct wrap_keys {
	size_t		n;
	struct wrap_key	keys[KEYFILE_KEYS_MAX];
};

static const struct wrap_key *
find_key(const struct wrap_keys *keys, unsigned version)
{
	size_t i;

	for (i = 0; i < keys->n; i++)
		if (keys->keys[i].version == version)
			return &keys->keys[i];
	return NULL;
}

static int
add_key(struct wrap_keys *keys, struct view version, struct view hex, struct err *err)
{
	struct wrap_key *key = &keys->keys[keys->n];
	uint64_t number;

	if (keys->n == NITEMS(keys->keys))
		return err_internal(err, "too many keys");
	if (view_u64(version, VERSION_MAX, &number) != 0 || number == 0)
		return err_internal(err, "no version from 1 to %d", VERSION_MAX);
	if (find_key(keys, (unsigned)number) != NULL)
		return err_internal(err, "the version stands there twice");
	if (hex_decode(hex, key->key, KEY_LEN) != 0)
		return err_internal(err, "the key is not %d hexadecimal digits", 2 * KEY_LEN);
	key->version = (unsigned)number;
	keys->n++;
	return 0;
}

int
wrap_keys_parse(struct view file, struct wrap_keys **out, struct err *err)
{
	struct keyfile f = keyfile_of(file);
	struct wrap_keys *keys;
	struct view version, hex;

	*out = NULL;
	if ((keys = calloc(1, sizeof(*keys))) == NULL)
		return err_internal(err, "out of memory");
	while (keyfile_next(&f, &version, &hex)) {
		if (add_key(keys, version, hex, err) != 0) {
			(void)keyfile_err(&f, "wrapping key file", err);
			wrap_keys_free(keys);
			return -1;
		}
	}
	if (keys->n == 0) {
		wrap_keys_free(keys);
		return err_internal(err, "wrapping key file: no key");
	}
	*out = keys;
	return 0;
}

void
wrap_keys_free(struct wrap_keys *keys)
{
	if (keys == NULL)
		return;
	secret_wipe(keys, sizeof(*keys));
	free(keys);
}

unsigned
wrap_version(const struct wrap_keys *keys)
{
	unsigned version = 0;
	size_t i;

	for (i = 0; i < keys->n; i++)
		if (keys->keys[i].version > version)
			version = keys->keys[i].version;
	return version;
}

/* To OpenSSL, additional data of no bytes would be the end of the message. */
static bool
key_id_ok(struct view key_id)
{
	return key_id.n != 0 && key_id.n <= KEY_ID_MAX;
}

int
wrap(const struct wrap_keys *keys, struct view key_id, struct view secret,
    uint8_t *out, struct err *err)
{
	SCOPED(EVP_CIPHER_CTX) ctx = EVP_CIPHER_CTX_new();
	const struct wrap_key *key = find_key(keys, wrap_version(keys));
	const uint8_t *in = (const uint8_t *)secret.p;
	uint8_t *cipher = out + NONCE_LEN, *tag = cipher + secret.n;
	int n;

	if (secret.n == 0 || secret.n > WRAP_SECRET_MAX || !key_id_ok(key_id))
		return err_internal(err, "wrap: %zu bytes are no secret", secret.n);
	random_bytes(out, NONCE_LEN);
	if (ctx == NULL ||
	    EVP_EncryptInit_ex2(ctx, EVP_aes_256_gcm(), key->key, out, NULL) != 1 ||
	    EVP_EncryptUpdate(ctx, NULL, &n, (const uint8_t *)key_id.p, (int)key_id.n) != 1 ||
	    EVP_EncryptUpdate(ctx, cipher, &n, in, (int)secret.n) != 1 ||
	    EVP_EncryptFinal_ex(ctx, tag, &n) != 1 ||
	    EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_GET_TAG, TAG_LEN, tag) != 1)
		return ossl_err(err, "wrap");
	return 0;
}

int
unwrap(const struct wrap_keys *keys, unsigned version, struct view key_id,
    struct view wrapped, uint8_t *out, struct err *err)
{
	SCOPED(EVP_CIPHER_CTX) ctx = EVP_CIPHER_CTX_new();
	const struct wrap_key *key = find_key(keys, version);
	const uint8_t *in = (const uint8_t *)wrapped.p;
	uint8_t tag[TAG_LEN];
	size_t len;
	int n;

	if (key == NULL)
		return err_internal(err, "unwrap: no wrapping key of version %u", version);
	if (wrapped.n <= WRAP_OVERHEAD || wrapped.n > WRAP_SECRET_MAX + WRAP_OVERHEAD ||
	    !key_id_ok(key_id))
		return err_internal(err, "unwrap: %zu bytes are no wrapped key", wrapped.n);
	len = wrapped.n - WRAP_OVERHEAD;
	memcpy(tag, in + NONCE_LEN + len, TAG_LEN);
	if (ctx == NULL ||
	    EVP_DecryptInit_ex2(ctx, EVP_aes_256_gcm(), key->key, in, NULL) != 1 ||
	    EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_TAG, TAG_LEN, tag) != 1 ||
	    EVP_DecryptUpdate(ctx, NULL, &n, (const uint8_t *)key_id.p, (int)key_id.n) != 1 ||
	    EVP_DecryptUpdate(ctx, out, &n, in + NONCE_LEN, (int)len) != 1 ||
	    EVP_DecryptFinal_ex(ctx, out + len, &n) != 1) {
		secret_wipe(out, len);
		return ossl_err(err, "unwrap: the key or its key id was changed");
	}
	return 0;
}
