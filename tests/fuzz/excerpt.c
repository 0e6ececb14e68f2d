/* SPDX-License-Identifier: BSD-2-Clause */
/* excerpt: what a site answered (HTTP-01 bodies, TXT values) can be shown in a problem document. */
#include "probe/excerpt.h"
#include "wire/utf8.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	char out[200];
	size_t size, i;

	for (size = 8; size <= sizeof(out); size += 1 + size / 2) {
		memset(out, 'X', sizeof(out));
		excerpt(view_from(p, n), out, size);
		REQUIRE(memchr(out, '\0', size) != NULL);
		REQUIRE(size == sizeof(out) || out[size] == 'X');
		REQUIRE(utf8_valid(view_of(out)));
		for (i = 0; out[i] != '\0'; i++)
			REQUIRE((unsigned char)out[i] >= 0x20 && out[i] != 0x7f);
	}
	return 0;
}
