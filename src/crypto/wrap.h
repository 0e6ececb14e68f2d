/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * wrap: EAB MAC keys at rest, and answers that have one in them: AES-256-GCM, the key
 * id, or what an answer is kept under, as additional data, a version that names the
 * wrapping key (design.md 6).
 */
#ifndef CAAS_CRYPTO_WRAP_H
#define CAAS_CRYPTO_WRAP_H

#include "base/err.h"

#define WRAP_OVERHEAD	28	/* bytes: nonce 12, tag 16 */
#define WRAP_SECRET_MAX	4096	/* bytes that can be wrapped */

struct wrap_keys;

/*
 * Lines "version hexkey" (version 1..65535, 64 hex digits), '#' comments; the
 * highest version wraps, all unwrap.
 */
MUST_USE int	wrap_keys_parse(struct view file, struct wrap_keys **, struct err *);
void		wrap_keys_free(struct wrap_keys *);
unsigned	wrap_version(const struct wrap_keys *);

/* out gets secret.n + WRAP_OVERHEAD bytes.  Neither view is empty. */
MUST_USE int	wrap(const struct wrap_keys *, struct view key_id, struct view secret,
		    uint8_t *out, struct err *);
/*
 * out gets wrapped.n - WRAP_OVERHEAD bytes, and nothing of the secret when it
 * fails: ERR_INTERNAL, when anything was changed or the version is unknown.
 */
MUST_USE int	unwrap(const struct wrap_keys *, unsigned version, struct view key_id,
		    struct view wrapped, uint8_t *out, struct err *);

#endif
