/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * keycache: account keys that are ready to verify, by thumbprint.  A thumbprint
 * names its key for ever, so nothing here can become wrong.
 */
#ifndef CAAS_AUTH_KEYCACHE_H
#define CAAS_AUTH_KEYCACHE_H

#include "crypto/key.h"

struct keycache;

struct keycache	*keycache_new(void);
void		 keycache_free(struct keycache *);

/*
 * The key of a stored canonical JWK; it stays the cache's and good until the next
 * call.  NULL with ERR_BAD_PUBLIC_KEY when the JWK holds no key.
 */
const struct key	*keycache_get(struct keycache *, struct arena *,
			    const uint8_t thumbprint[THUMBPRINT_LEN], struct view jwk,
			    struct err *);

#endif
