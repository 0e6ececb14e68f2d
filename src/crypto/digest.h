/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * digest: SHA-2, HMAC, and the handling of secrets.
 */
#ifndef CAAS_CRYPTO_DIGEST_H
#define CAAS_CRYPTO_DIGEST_H

#include "base/view.h"

#define SHA256_LEN	32

void	sha256(struct view, uint8_t out[SHA256_LEN]);

enum hmac_alg { HMAC_SHA256, HMAC_SHA384, HMAC_SHA512 };
#define HMAC_LEN_MAX	64

/* Bytes of the MAC, and the least number of key bytes (EAB-08). */
size_t	hmac_len(enum hmac_alg);
/* Write hmac_len() bytes to out. */
void	hmac(enum hmac_alg, struct view key, struct view data, uint8_t out[HMAC_LEN_MAX]);

/* In constant time for equal lengths. */
bool	secret_equal(struct view, struct view);
/* Overwrite; never optimised away. */
void	secret_wipe(void *, size_t);

#endif
