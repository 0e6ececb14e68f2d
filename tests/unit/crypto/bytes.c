/* SPDX-License-Identifier: BSD-2-Clause */
/* Test vectors to bytes. */
#include "bytes.h"

#include "base/base64url.h"
#include "base/hex.h"

struct view
from_b64u(struct arena *a, const char *text)
{
	struct view v = view_of(text);
	size_t n = B64U_DECODED_LEN(v.n);
	char *out = arena_alloc(a, n + 1);

	if (b64u_decode_exact(v, out, n) != 0) {
		(void)fprintf(stderr, "not base64url: %s\n", text);
		abort();
	}
	return view_from(out, n);
}

struct view
from_hex(struct arena *a, const char *text)
{
	struct view v = view_of(text);
	char *out = arena_alloc(a, v.n / 2 + 1);

	if (hex_decode(v, out, v.n / 2) != 0) {
		(void)fprintf(stderr, "not hexadecimal: %s\n", text);
		abort();
	}
	return view_from(out, v.n / 2);
}

struct view
with_flip(struct arena *a, struct view v, size_t i)
{
	char *p = arena_str(a, v);

	p[i] = (char)(p[i] ^ 1);
	return view_from(p, v.n);
}
