/* SPDX-License-Identifier: BSD-2-Clause */
/* Bytes from outside as they may be shown to people (SEC-02). */
#include "probe/excerpt.h"

static int
escape(unsigned char c, char out[5])
{
	if (c == '"' || c == '\\')
		return snprintf(out, 5, "\\%c", c);
	return snprintf(out, 5, c >= ' ' && c < 0x7f ? "%c" : "\\x%02x", c);
}

void
excerpt(struct view v, char *out, size_t outsz)
{
	static const char more[] = "...";
	size_t i, n = 0, len, fits = 0;
	char one[5];

	for (i = 0; i < v.n; i++) {
		len = (size_t)escape((unsigned char)v.p[i], one);
		if (n + len >= outsz) {
			memcpy(out + fits, more, sizeof(more));
			return;
		}
		memcpy(out + n, one, len);
		n += len;
		if (n + sizeof(more) <= outsz)
			fits = n;
	}
	out[n] = '\0';
}
