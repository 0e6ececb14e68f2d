/* SPDX-License-Identifier: BSD-2-Clause */
/* Well-formed UTF-8 by the table of Unicode 15 s3.9 (RFC 3629 s4). */
#include "wire/utf8.h"

/* First byte, and the range of the second; the others are 80..BF. */
static const struct {
	unsigned char	first_lo, first_hi;
	unsigned char	second_lo, second_hi;
	unsigned char	len;
} forms[] = {
	{ 0x00, 0x7f, 0x00, 0x00, 1 },
	{ 0xc2, 0xdf, 0x80, 0xbf, 2 },
	{ 0xe0, 0xe0, 0xa0, 0xbf, 3 },
	{ 0xe1, 0xec, 0x80, 0xbf, 3 },
	{ 0xed, 0xed, 0x80, 0x9f, 3 },
	{ 0xee, 0xef, 0x80, 0xbf, 3 },
	{ 0xf0, 0xf0, 0x90, 0xbf, 4 },
	{ 0xf1, 0xf3, 0x80, 0xbf, 4 },
	{ 0xf4, 0xf4, 0x80, 0x8f, 4 },
};

static bool
between(char c, unsigned char lo, unsigned char hi)
{
	return (unsigned char)c >= lo && (unsigned char)c <= hi;
}

size_t
utf8_len(struct view v)
{
	size_t form = 0, i;

	if (v.n == 0)
		return 0;
	while (!between(v.p[0], forms[form].first_lo, forms[form].first_hi))
		if (++form == NITEMS(forms))
			return 0;
	if (v.n < forms[form].len)
		return 0;
	if (forms[form].len > 1 &&
	    !between(v.p[1], forms[form].second_lo, forms[form].second_hi))
		return 0;
	for (i = 2; i < forms[form].len; i++)
		if (!between(v.p[i], 0x80, 0xbf))
			return 0;
	return forms[form].len;
}

bool
utf8_valid(struct view v)
{
	size_t n;

	for (; v.n != 0; v = view_sub(v, n, v.n))
		if ((n = utf8_len(v)) == 0)
			return false;
	return true;
}
