/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * aesblock: AES-128 as a permutation of single blocks (FIPS 197), ready keyed.
 * For one thread at a time.
 */
#ifndef CAAS_CRYPTO_AESBLOCK_H
#define CAAS_CRYPTO_AESBLOCK_H

#include <openssl/evp.h>

#include "base/err.h"

#define AESBLOCK_LEN	16	/* bytes of a block, and of a key */

struct aesblock {
	EVP_CIPHER_CTX	*enc;
	EVP_CIPHER_CTX	*dec;
};

/* After a failure release is still allowed. */
MUST_USE int	aesblock_init(struct aesblock *, const uint8_t key[AESBLOCK_LEN],
		    struct err *);
/* From hexadecimal digits; ERR_INTERNAL, inner without the digits. */
MUST_USE int	aesblock_init_hex(struct aesblock *, struct view hex, struct err *);
void		aesblock_release(struct aesblock *);

/* in and out may be the same. */
void		aesblock_encrypt(const struct aesblock *, const uint8_t in[AESBLOCK_LEN],
		    uint8_t out[AESBLOCK_LEN]);
void		aesblock_decrypt(const struct aesblock *, const uint8_t in[AESBLOCK_LEN],
		    uint8_t out[AESBLOCK_LEN]);

#endif
