/* SPDX-License-Identifier: BSD-2-Clause */
/* pkey: what stands behind a struct key; for crypto/ only. */
#ifndef CAAS_CRYPTO_PKEY_H
#define CAAS_CRYPTO_PKEY_H

#include <openssl/evp.h>

#include "crypto/key.h"

struct key {
	EVP_PKEY	*pkey;
	/*
	 * EC only: ready to verify digests.  Setting one up costs a tenth of a
	 * P-256 verification, so it is kept; that makes a key one for one
	 * thread at a time.
	 */
	EVP_PKEY_CTX	*verify;
	enum jwk_type	 type;
};

/* Takes over pkey, also when it fails: ERR_INTERNAL. */
MUST_USE int	key_wrap_pkey(EVP_PKEY *pkey, enum jwk_type, struct key **, struct err *);

#endif
