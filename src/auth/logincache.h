/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * logincache: logins that were right within the last minute, so that not every
 * call pays for a password hash (design.md 5).  It holds keyed hashes only, the key is
 * of this process alone.
 */
#ifndef CAAS_AUTH_LOGINCACHE_H
#define CAAS_AUTH_LOGINCACHE_H

#include "base/view.h"

#define LOGINCACHE_MS	60000

struct logincache;

struct logincache	*logincache_new(void);
void			 logincache_free(struct logincache *);

/* What was right: password against the stored hash, for a caller from that network. */
struct login_proof {
	struct view	name, password, network, password_hash;
};
/* now_ms: mono_ms(). */
bool	logincache_has(const struct logincache *, const struct login_proof *, int64_t now_ms);
void	logincache_put(struct logincache *, const struct login_proof *, int64_t now_ms);

#endif
