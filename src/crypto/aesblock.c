/* SPDX-License-Identifier: BSD-2-Clause */
/* AES-128 on single blocks, by EVP contexts that keep the key schedule. */
#include "crypto/aesblock.h"

#include "base/hex.h"
#include "crypto/digest.h"
#include "crypto/ossl.h"

int
aesblock_init(struct aesblock *b, const uint8_t key[AESBLOCK_LEN], struct err *err)
{
	b->enc = EVP_CIPHER_CTX_new();
	b->dec = EVP_CIPHER_CTX_new();
	if (b->enc == NULL || b->dec == NULL ||
	    EVP_EncryptInit_ex2(b->enc, EVP_aes_128_ecb(), key, NULL, NULL) != 1 ||
	    EVP_DecryptInit_ex2(b->dec, EVP_aes_128_ecb(), key, NULL, NULL) != 1 ||
	    EVP_CIPHER_CTX_set_padding(b->enc, 0) != 1 ||
	    EVP_CIPHER_CTX_set_padding(b->dec, 0) != 1)
		return ossl_err(err, "AES-128 key");
	return 0;
}

int
aesblock_init_hex(struct aesblock *b, struct view hex, struct err *err)
{
	uint8_t key[AESBLOCK_LEN];
	int rc;

	if (hex_decode(hex, key, sizeof(key)) != 0)
		return err_internal(err, "a key is not %u hexadecimal digits",
		    2 * AESBLOCK_LEN);
	rc = aesblock_init(b, key, err);
	secret_wipe(key, sizeof(key));
	return rc;
}

void
aesblock_release(struct aesblock *b)
{
	EVP_CIPHER_CTX_free(b->enc);
	EVP_CIPHER_CTX_free(b->dec);
	*b = (struct aesblock){ NULL, NULL };
}

void
aesblock_encrypt(const struct aesblock *b, const uint8_t in[AESBLOCK_LEN],
    uint8_t out[AESBLOCK_LEN])
{
	int n;

	if (EVP_EncryptUpdate(b->enc, out, &n, in, AESBLOCK_LEN) != 1 ||
	    n != AESBLOCK_LEN)
		ossl_die("AES-128 encryption");
}

void
aesblock_decrypt(const struct aesblock *b, const uint8_t in[AESBLOCK_LEN],
    uint8_t out[AESBLOCK_LEN])
{
	int n;

	if (EVP_DecryptUpdate(b->dec, out, &n, in, AESBLOCK_LEN) != 1 ||
	    n != AESBLOCK_LEN)
		ossl_die("AES-128 decryption");
}
