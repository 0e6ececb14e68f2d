/* SPDX-License-Identifier: BSD-2-Clause */
/* ident: an identifier that was taken is taken again, as the same; packing loses nothing. */
#include "wire/ident.h"
#include "fuzz.h"

static void
check(struct arena *a, const char *type, struct view text)
{
	struct buf packed = BUF_INIT(1000);
	struct ident id, again, *list;
	struct err err = ERR_INIT;
	size_t n;

	if (ident_parse(a, view_of(type), text, &id, &err) != 0) {
		REQUIRE(err.kind == ERR_MALFORMED && err.detail[0] != '\0');
		return;
	}
	REQUIRE(id.value.n != 0 && id.value.n <= NAME_MAX_BYTES);
	REQUIRE(ident_parse(a, view_of(type), ident_text(a, &id), &again, &err) == 0);
	REQUIRE(ident_eq(&id, &again) && ident_cmp(&id, &again) == 0);
	ident_pack(&packed, &id, 1);
	REQUIRE(ident_unpack(a, buf_view(&packed), &list, &n, &err) == 0);
	REQUIRE(n == 1 && ident_eq(&list[0], &id));
	buf_release(&packed);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct arena *a = arena_new();

	check(a, "dns", view_from(p, n));
	check(a, "ip", view_from(p, n));
	arena_free(a);
	return 0;
}
