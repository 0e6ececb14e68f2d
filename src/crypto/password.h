/* SPDX-License-Identifier: BSD-2-Clause */
/* password: yescrypt through libxcrypt (crypt(5)). */
#ifndef CAAS_CRYPTO_PASSWORD_H
#define CAAS_CRYPTO_PASSWORD_H

#include "base/err.h"

#define PASSWORD_HASH_MAX	128	/* characters, NUL included */
#define PASSWORD_MAX		128	/* bytes of a password */

/* A new "$y$..." hash with a fresh salt. */
MUST_USE int	password_hash(struct view password, char out[PASSWORD_HASH_MAX], struct err *);
/*
 * Costs the same whether hash is a real one or NULL (an unknown name): then a
 * fixed hash is computed and the answer is false.
 */
bool		password_verify(struct view password, const char *hash);

#endif
