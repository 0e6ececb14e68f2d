/* SPDX-License-Identifier: BSD-2-Clause */
/* Five bits a character. */
#include "base/base32.h"

void
base32_encode(const void *bytes, size_t n, char *out)
{
	static const char digits[] = "abcdefghijklmnopqrstuvwxyz234567";
	const uint8_t *p = bytes;
	uint32_t acc = 0;
	unsigned have = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		acc = (acc << 8 | p[i]) & 0xfff;
		for (have += 8; have >= 5; have -= 5)
			*out++ = digits[acc >> (have - 5) & 31];
	}
	if (have != 0)
		*out++ = digits[acc << (5 - have) & 31];
	*out = '\0';
}
