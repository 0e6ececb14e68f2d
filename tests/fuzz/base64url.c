/* SPDX-License-Identifier: BSD-2-Clause */
/* base64url: what decodes has one encoding, and every encoding decodes. */
#include "base/base64url.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct view text = view_from(p, n);
	uint8_t *bytes = malloc(n + 1);
	char *back = malloc(2 * n + 8);
	size_t len;

	REQUIRE(bytes != NULL && back != NULL);
	if (b64u_decode(text, bytes, n, &len) == 0) {
		b64u_encode(bytes, len, back);
		REQUIRE(view_eq(view_of(back), text) && b64u_alphabet(text));
		REQUIRE(len == 0 || b64u_decode(text, bytes, len - 1, &len) == -1);
	}
	b64u_encode(p, n, back);
	REQUIRE(b64u_decode(view_of(back), bytes, n, &len) == 0 && len == n);
	REQUIRE(n == 0 || memcmp(bytes, p, n) == 0);
	free(bytes);
	free(back);
	return 0;
}
