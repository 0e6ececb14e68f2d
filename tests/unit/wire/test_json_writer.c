/* SPDX-License-Identifier: BSD-2-Clause */
/* wire/json, the writer: what comes out is compact JSON, whatever went in. */
#include "wire/json.h"
#include "tap.h"

static void
test_shape(void)
{
	struct buf b = BUF_INIT(1000);
	struct jsonw w;

	jsonw_init(&w, &b);
	jsonw_open(&w);
	jsonw_kv_cstr(&w, "status", "valid");
	jsonw_kv_int(&w, "n", INT64_MIN);
	jsonw_key(&w, "list");
	jsonw_open_array(&w);
	jsonw_int(&w, 1);
	jsonw_bool(&w, false);
	jsonw_open(&w);
	jsonw_close(&w);
	jsonw_open_array(&w);
	jsonw_close_array(&w);
	jsonw_close_array(&w);
	jsonw_kv_bool(&w, "yes", true);
	jsonw_key(&w, "amount");
	jsonw_raw(&w, VIEW("100.00"));
	jsonw_key(&w, "in");
	jsonw_open(&w);
	jsonw_kv_str(&w, "empty", VIEW_NONE);
	jsonw_close(&w);
	jsonw_kv_cstr(&w, "last", "");
	jsonw_close(&w);
	tap_is_view(buf_view(&b), VIEW("{\"status\":\"valid\",\"n\":-9223372036854775808,"
	    "\"list\":[1,false,{},[]],\"yes\":true,\"amount\":100.00,"
	    "\"in\":{\"empty\":\"\"},\"last\":\"\"}"),
	    "members in their order, commas between, no blanks");
	buf_release(&b);
}

static const struct {
	const char	*rule;
	struct view	 in;
	const char	*out;
} strings[] = {
	{ "CLI-22: '/' is not escaped", { "https://ca/x", 12 }, "\"https://ca/x\"" },
	{ "quote and backslash are escaped", { "a\"b\\c", 5 }, "\"a\\\"b\\\\c\"" },
	{ "quote at both ends", { "\"\"", 2 }, "\"\\\"\\\"\"" },
	{ "line ends are escaped", { "a\r\n\tb", 5 }, "\"a\\u000d\\u000a\\u0009b\"" },
	{ "NUL is escaped", { "a\0b", 3 }, "\"a\\u0000b\"" },
	{ "U+001F is escaped, U+0020 and U+007F are not", { "\x1f \x7f", 3 },
	    "\"\\u001f \x7f\"" },
	{ "UTF-8 of 2, 3 and 4 bytes stays", { "\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80", 9 },
	    "\"\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80\"" },
	{ "a stray continuation byte", { "a\x80z", 3 }, "\"a\xef\xbf\xbdz\"" },
	{ "a character cut off at the end", { "a\xc3", 2 }, "\"a\xef\xbf\xbd\"" },
	{ "an overlong '/'", { "\xc0\xaf", 2 }, "\"\xef\xbf\xbd\xef\xbf\xbd\"" },
	{ "an overlong NUL of three bytes", { "\xe0\x80\x80", 3 },
	    "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"" },
	{ "a surrogate", { "\xed\xa0\x80", 3 },
	    "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"" },
	{ "over U+10FFFF", { "\xf4\x90\x80\x80", 4 },
	    "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"" },
	{ "bytes that UTF-8 never has", { "\xfe\xff", 2 }, "\"\xef\xbf\xbd\xef\xbf\xbd\"" },
};

static void
test_strings(void)
{
	struct buf b = BUF_INIT(1000);
	struct jsonw w;
	size_t i;

	for (i = 0; i < NITEMS(strings); i++) {
		buf_reset(&b);
		jsonw_init(&w, &b);
		jsonw_str(&w, strings[i].in);
		tap_is_view(buf_view(&b), view_of(strings[i].out), "%s", strings[i].rule);
	}
	buf_release(&b);
}

/* Any two bytes come back from our own strict parser or were replaced. */
static void
test_every_pair(void)
{
	struct arena *arena = arena_new();
	struct buf b = BUF_INIT(1000);
	const struct json *v;
	unsigned i, bad = 0;
	struct jsonw w;
	struct err err;
	char pair[2];

	for (i = 0x0101; i <= 0xffff; i++) {
		pair[0] = (char)(i >> 8);
		pair[1] = (char)(i & 0xff);
		if (pair[0] == '\0' || pair[1] == '\0')
			continue;
		buf_reset(&b);
		jsonw_init(&w, &b);
		jsonw_str(&w, view_from(pair, 2));
		if (json_parse(arena, buf_view(&b), "string", &v, &err) != 0 ||
		    (!view_eq(json_str(v), view_from(pair, 2)) &&
		    !view_icontains(json_str(v), VIEW("\xef\xbf\xbd"))))
			bad++;
		if (i % 256 == 255)
			arena_reset(arena);
	}
	tap_is_int(bad, 0, "whatever bytes are written, the parser takes what comes out");
	buf_release(&b);
	arena_free(arena);
}

static void
test_full(void)
{
	struct buf b = BUF_INIT(8);
	struct jsonw w;

	jsonw_init(&w, &b);
	jsonw_str(&w, VIEW("123456"));
	tap_ok(!buf_failed(&b), "a string of exactly the room fits");
	buf_reset(&b);
	jsonw_init(&w, &b);
	jsonw_str(&w, VIEW("1234567"));
	tap_ok(buf_failed(&b), "one more marks the buffer as failed");
	buf_release(&b);
}

int
main(void)
{
	test_shape();
	test_strings();
	test_every_pair();
	test_full();
	return tap_done();
}
