/* SPDX-License-Identifier: BSD-2-Clause */
/* jws: what is signed is what was decoded, and exactly one of jwk and kid names the key. */
#include "wire/jws.h"
#include "base/base64url.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct arena *a = arena_new();
	struct buf b = BUF_INIT(4 * n + 16);
	struct err err = ERR_INIT;
	struct view rest, head;
	struct jws j;

	if (jws_parse(a, view_from(p, n), "request", &j, &err) != 0)
		REQUIRE(err.kind == ERR_MALFORMED && err.detail[0] != '\0');
	else {
		REQUIRE(j.alg.p != NULL && (j.jwk == NULL) != (j.kid.p == NULL));
		rest = j.signing_input;
		head = view_cut(&rest, '.');
		REQUIRE(head.n != 0 && rest.p != NULL && !view_has(rest, '.'));
		b64u_put(&b, j.payload);
		REQUIRE(view_eq(buf_view(&b), rest));
	}
	buf_release(&b);
	arena_free(a);
	return 0;
}
