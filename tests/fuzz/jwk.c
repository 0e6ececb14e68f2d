/* SPDX-License-Identifier: BSD-2-Clause */
/* jwk: the canonical form of a key is a key with that same form. */
#include "wire/jwk.h"
#include "wire/limits.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct arena *a = arena_new();
	struct err err = ERR_INIT;
	struct jwk key, again;

	if (jwk_parse_text(a, view_from(p, n), &key, &err) != 0)
		REQUIRE(err.kind == ERR_MALFORMED || err.kind == ERR_BAD_PUBLIC_KEY);
	else {
		REQUIRE(key.canonical.n <= JWK_CANONICAL_MAX);
		REQUIRE(jwk_parse_text(a, key.canonical, &again, &err) == 0);
		REQUIRE(again.type == key.type && view_eq(again.canonical, key.canonical));
		REQUIRE(view_eq(view_of(jwk_canonical(a, &key)), key.canonical));
	}
	arena_free(a);
	return 0;
}
