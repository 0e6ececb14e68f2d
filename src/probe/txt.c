/* SPDX-License-Identifier: BSD-2-Clause */
/* The contents of TXT records. */
#include "probe/txt.h"

int
txt_parse(struct arena *arena, struct view rdata, struct view *out)
{
	char *p = arena_alloc(arena, rdata.n + 1);
	size_t at, len, n = 0;

	for (at = 0; at < rdata.n; at += 1 + len) {
		len = (unsigned char)rdata.p[at];
		if (len > rdata.n - at - 1)
			return -1;
		memcpy(p + n, rdata.p + at + 1, len);
		n += len;
	}
	*out = view_from(p, n);
	return rdata.n != 0 ? 0 : -1;
}
