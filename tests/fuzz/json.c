/* SPDX-License-Identifier: BSD-2-Clause */
/* json: what the writer makes of any bytes parses, and a value is a value between blanks only. */
#include "wire/json.h"
#include "wire/utf8.h"
#include "fuzz.h"

static void
check_parse(struct arena *a, struct view text)
{
	const struct json *v, *again;
	struct err err = ERR_INIT;

	if (json_parse(a, text, "payload", &v, &err) != 0) {
		REQUIRE(err.kind == ERR_MALFORMED && err.detail[0] != '\0');
		return;
	}
	REQUIRE(utf8_valid(text) && !view_has(text, '\0'));
	REQUIRE(json_parse(a, view_of(arena_printf(a, " \t\r\n%.*s \t\r\n", VIEW_ARG(text))),
	    "payload", &again, &err) == 0 && json_kind(again) == json_kind(v));
	REQUIRE(json_parse(a, view_of(arena_printf(a, "%.*s x", VIEW_ARG(text))), "payload",
	    &again, &err) == -1);
	REQUIRE(json_kind(v) == JSON_ARRAY || json_len(v) == 0);
	REQUIRE(json_at(v, json_len(v)) == NULL);
}

static void
check_write(struct arena *a, struct view text)
{
	struct buf b = BUF_INIT((size_t)16 * 1024 * 1024);
	const struct json *v;
	struct err err = ERR_INIT;
	struct view got;
	struct jsonw w;

	if (view_has(text, '\0'))
		return;
	jsonw_init(&w, &b);
	jsonw_open(&w);
	jsonw_kv_str(&w, "key", text);
	jsonw_close(&w);
	REQUIRE(json_parse(a, buf_view(&b), "payload", &v, &err) == 0);
	REQUIRE(json_get_str(v, "key", &got, &err) == 1);
	REQUIRE(!utf8_valid(text) || view_eq(got, text));
	buf_release(&b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct arena *a = arena_new();

	check_parse(a, view_from(p, n));
	check_write(a, view_from(p, n));
	arena_free(a);
	return 0;
}
