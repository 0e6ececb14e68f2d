/* SPDX-License-Identifier: BSD-2-Clause */
/* password: yescrypt through libxcrypt (crypt(5)). */
#ifndef CAAS_CRYPTO_PASSWORD_H
#define CAAS_CRYPTO_PASSWORD_H

#include "base/err.h"

#define PASSWORD_HASH_MAX	128	/* characters, NUL included */
#define PASSWORD_MAX		128	/* bytes of a password */
#define PASSWORD_COST		5	/* crypt(5): 16 MiB, 25 to 50 ms of a core */

/* A new "$y$..." hash with a fresh salt.  ERR_INTERNAL, also for a NUL in it. */
MUST_USE int	password_hash(struct view password, char out[PASSWORD_HASH_MAX], struct err *);
/*
 * Costs the same whether hash is a real one or NULL (an unknown name): then a
 * hash is computed for nothing and the answer is false.
 */
bool		password_verify(struct view password, const char *hash);

#endif
