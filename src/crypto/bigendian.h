/* SPDX-License-Identifier: BSD-2-Clause */
/* bigendian: numbers of up to 8 bytes in network order. */
#ifndef CAAS_CRYPTO_BIGENDIAN_H
#define CAAS_CRYPTO_BIGENDIAN_H

#include "base/attr.h"

/* The low len bytes of n. */
static inline void
put_be(uint8_t *out, uint64_t n, size_t len)
{
	while (len-- > 0) {
		out[len] = (uint8_t)n;
		n >>= 8;
	}
}

static inline uint64_t
get_be(const uint8_t *in, size_t len)
{
	uint64_t n = 0;

	while (len-- > 0)
		n = n << 8 | *in++;
	return n;
}

#endif
