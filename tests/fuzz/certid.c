/* SPDX-License-Identifier: BSD-2-Clause */
/* certid: what is taken names a key identifier and a positive serial, and nothing else. */
#include "base/base64url.h"
#include "crypto/certid.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct arena *a = arena_new();
	char aki[B64U_LEN(CERTID_MAX) + 1], serial[B64U_LEN(SERIAL_MAX) + 1];
	struct view text = view_from(p, n), first, rest = text, bare;
	struct certid id;
	struct err err;

	if (certid_parse(a, text, &id, &err) == 0) {
		REQUIRE(id.aki.n != 0 && id.serial.n != 0 && id.serial.n <= SERIAL_MAX);
		REQUIRE(((unsigned char)id.serial.p[0] & 0x80) == 0);
		/* It reads back, with the sign octet or without (ARI-15). */
		first = view_cut(&rest, '.');
		b64u_encode(id.aki.p, id.aki.n, aki);
		REQUIRE(view_eq(view_of(aki), first));
		b64u_encode(id.serial.p, id.serial.n, serial);
		if (!view_eq(view_of(serial), rest)) {
			REQUIRE(id.serial.p[0] == 0 && id.serial.n > 1);
			bare = view_sub(id.serial, 1, id.serial.n - 1);
			b64u_encode(bare.p, bare.n, serial);
			REQUIRE(view_eq(view_of(serial), rest));
		}
	} else
		REQUIRE(err.kind == ERR_MALFORMED);
	arena_free(a);
	return 0;
}
