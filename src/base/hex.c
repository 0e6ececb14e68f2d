/* SPDX-License-Identifier: BSD-2-Clause */
/* Bytes as hexadecimal digits. */
#include "base/hex.h"

static const char digits[] = "0123456789ABCDEF";

void
hex_encode(const void *in, size_t n, char *out)
{
	const unsigned char *p = in;
	size_t i;

	for (i = 0; i < n; i++) {
		*out++ = digits[p[i] >> 4];
		*out++ = digits[p[i] & 15];
	}
	*out = '\0';
}

static int
nibble(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

int
hex_decode(struct view v, void *out, size_t n)
{
	unsigned char *q = out;
	size_t i;
	int hi, lo;

	if (v.n != n * 2)
		return -1;
	for (i = 0; i < n; i++) {
		hi = nibble(v.p[2 * i]);
		lo = nibble(v.p[2 * i + 1]);
		if (hi < 0 || lo < 0)
			return -1;
		q[i] = (unsigned char)(hi << 4 | lo);
	}
	return 0;
}
