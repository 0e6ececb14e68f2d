/* SPDX-License-Identifier: BSD-2-Clause */
/* bytes: test vectors as they are printed in the standards. */
#ifndef CAAS_TESTS_UNIT_CRYPTO_BYTES_H
#define CAAS_TESTS_UNIT_CRYPTO_BYTES_H

#include "base/arena.h"

/* A text that is no such encoding ends the test. */
struct view	from_b64u(struct arena *, const char *);
struct view	from_hex(struct arena *, const char *);
/* A copy with the byte at i changed. */
struct view	with_flip(struct arena *, struct view, size_t i);

#endif
