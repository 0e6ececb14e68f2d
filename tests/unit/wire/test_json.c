/* SPDX-License-Identifier: BSD-2-Clause */
/* wire/json, the parser: strict (TRN-17, TOP-12), and nothing is coerced (JWS-25). */
#include "wire/json.h"
#include "wire/limits.h"
#include "tap.h"

static const struct {
	const char	*rule;
	struct view	 text;
} good[] = {
	{ "an empty object", VIEW("{}") },
	{ "an empty array", VIEW("[]") },
	{ "blanks of all four kinds around everything",
	    VIEW(" \t\r\n{ \t\"a\"\r : \n[ 1 ,\t2 ] , \"b\" : { } } \r\n") },
	{ "a bare string", VIEW("\"x\"") },
	{ "a bare number", VIEW("17") },
	{ "a bare number before a blank", VIEW("17 ") },
	{ "a bare zero", VIEW("0") },
	{ "a bare true", VIEW("true") },
	{ "a bare false", VIEW("false") },
	{ "a bare null", VIEW("null") },
	{ "an empty string", VIEW("\"\"") },
	{ "numbers of every shape",
	    VIEW("[0,-0,1,-1,10,0.5,-0.0,1e5,1E5,1e+5,1e-5,1.25E-3,0e0,0E+1]") },
	{ "a number beyond every range", VIEW("[1e9999,-1e9999]") },
	{ "digits without end", VIEW("[123456789012345678901234567890]") },
	{ "all short escapes", VIEW("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"") },
	{ "\\u escapes in either case", VIEW("\"\\u00e4\\u00E4\"") },
	{ "a surrogate pair", VIEW("\"\\ud83d\\ude00\"") },
	{ "UTF-8 of 1 to 4 bytes", VIEW("\"a\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80\"") },
	{ "the edges of UTF-8", VIEW("\"\xc2\x80\xdf\xbf\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80"
	    "\xef\xbf\xbf\xf0\x90\x80\x80\xf4\x8f\xbf\xbf\"") },
	{ "DEL in a string", VIEW("\"\x7f\"") },
	{ "an empty member name", VIEW("{\"\":1}") },
	{ "one name in two objects", VIEW("{\"a\":{\"a\":1},\"b\":[{\"a\":1},{\"a\":2}]}") },
	{ "names that differ in case", VIEW("{\"a\":1,\"A\":2}") },
	{ "a name and the start of another", VIEW("{\"a\":1,\"aa\":2,\"\":3}") },
	{ "16 arrays deep", VIEW("[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]") },
	{ "16 objects and arrays deep, then scalars",
	    VIEW("[[[[[[[[[[[[[[[{\"a\":null}]]]]]]]]]]]]]]]") },
	{ "depth counts what is open, not what was", VIEW("[[],[],[],[],[],[],[],[],[],[],[],"
	    "[],[],[],[],[],[],[],{},{}]") },
};

static const struct {
	const char	*rule;
	struct view	 text;
	const char	*why;		/* stands in the detail */
} bad[] = {
	{ "nothing at all", VIEW(""), "too early" },
	{ "blanks only", VIEW(" \n"), "too early" },
	{ "TOP-12: a member twice", VIEW("{\"alg\":1,\"alg\":1}"), "twice" },
	{ "TOP-12: twice, once with an escape", VIEW("{\"\\u0061lg\":1,\"alg\":2}"), "twice" },
	{ "TOP-12: twice, in two spellings", VIEW("{\"\\/\":1,\"\\u002f\":2}"), "twice" },
	{ "TOP-12: twice, by a surrogate pair",
	    VIEW("{\"\\ud83d\\ude00\":1,\"\xf0\x9f\x98\x80\":2}"), "twice" },
	{ "TOP-12: twice, with others between", VIEW("{\"a\":1,\"b\":2,\"c\":3,\"a\":4}"),
	    "twice" },
	{ "TOP-12: twice, empty names", VIEW("{\"\":1,\"\":2}"), "twice" },
	{ "TOP-12: twice, in a deep object", VIEW("[{\"x\":[{\"a\":1,\"a\":1}]}]"), "twice" },
	{ "TOP-12: three times", VIEW("{\"a\":1,\"a\":2,\"a\":3}"), "twice" },
	{ "TOP-12: twice, objects with members inside",
	    VIEW("{\"a\":{\"x\":1,\"y\":2},\"a\":{}}"), "twice" },
	{ "TOP-12: twice, null both times", VIEW("{\"a\":null,\"a\":null}"), "twice" },
	{ "a second value behind the first", VIEW("{} {}"), "more than one" },
	{ "trailing garbage", VIEW("{}x"), "more than one" },
	{ "a trailing NUL", VIEW("{}\0"), "more than one" },
	{ "a trailing comma behind the value", VIEW("{},"), "more than one" },
	{ "a bracket too many", VIEW("[]]"), "more than one" },
	{ "a byte order mark", VIEW("\xef\xbb\xbf{}"), "no value" },
	{ "a form feed as a blank", VIEW("\f{}"), "no value" },
	{ "a no-break space as a blank", VIEW("\xc2\xa0{}"), "no value" },
	{ "a C comment", VIEW("/* x */{}"), "no value" },
	{ "a line comment", VIEW("{} // x\n"), "more than one" },
	{ "a comment inside", VIEW("{\"a\":/**/1}"), "no value" },
	{ "NaN", VIEW("[NaN]"), "no value" },
	{ "nan", VIEW("[nan]"), "no value" },
	{ "Infinity", VIEW("[Infinity]"), "no value" },
	{ "-Infinity", VIEW("[-Infinity]"), "without a digit" },
	{ "True", VIEW("[True]"), "no value" },
	{ "a word cut off", VIEW("[tru]"), "no value" },
	{ "a word that goes on", VIEW("[truex]"), "']'" },
	{ "NULL", VIEW("NULL"), "no value" },
	{ "undefined", VIEW("undefined"), "no value" },
	{ "a single-quoted string", VIEW("{'a':1}"), "member name" },
	{ "a bare member name", VIEW("{a:1}"), "member name" },
	{ "a number as member name", VIEW("{1:1}"), "member name" },
	{ "a trailing comma in an object", VIEW("{\"a\":1,}"), "member name" },
	{ "a leading comma in an object", VIEW("{,\"a\":1}"), "member name" },
	{ "a trailing comma in an array", VIEW("[1,]"), "no value" },
	{ "two commas", VIEW("[1,,2]"), "no value" },
	{ "no comma in an array", VIEW("[1 2]"), "']'" },
	{ "no comma in an object", VIEW("{\"a\":1 \"b\":2}"), "'}'" },
	{ "no colon", VIEW("{\"a\" 1}"), "':'" },
	{ "no value", VIEW("{\"a\":}"), "no value" },
	{ "brackets crossed", VIEW("[{]}"), "member name" },
	{ "the wrong bracket", VIEW("[1}"), "']'" },
	{ "an object without an end", VIEW("{\"a\":1"), "'}'" },
	{ "an array without an end", VIEW("[1"), "']'" },
	{ "an open bracket alone", VIEW("["), "too early" },
	{ "an open brace alone", VIEW("{"), "member name" },
	{ "a leading zero", VIEW("[01]"), "']'" },
	{ "a negative leading zero", VIEW("[-01]"), "']'" },
	{ "a plus sign", VIEW("[+1]"), "no value" },
	{ "a minus alone", VIEW("[-]"), "without a digit" },
	{ "no digit before the point", VIEW("[.5]"), "no value" },
	{ "no digit behind the point", VIEW("[1.]"), "without a digit" },
	{ "no digit in the exponent", VIEW("[1e]"), "without a digit" },
	{ "only a sign in the exponent", VIEW("[1e+]"), "without a digit" },
	{ "two signs in the exponent", VIEW("[1e+-1]"), "without a digit" },
	{ "a hexadecimal number", VIEW("[0x10]"), "']'" },
	{ "a raw newline in a string", VIEW("\"a\nb\""), "control" },
	{ "a raw tab in a string", VIEW("\"a\tb\""), "control" },
	{ "a raw NUL in a string", VIEW("\"a\0b\""), "control" },
	{ "a raw U+001F in a string", VIEW("\"\x1f\""), "control" },
	{ "a raw NUL in a member name", VIEW("{\"a\0\":1}"), "control" },
	{ "a string without an end", VIEW("\"abc"), "without an end" },
	{ "a string that ends in a backslash", VIEW("\"abc\\"), "unknown escape" },
	{ "an escaped end only", VIEW("\"abc\\\""), "without an end" },
	{ "an unknown escape", VIEW("\"\\x41\""), "unknown escape" },
	{ "\\' is no escape", VIEW("\"\\'\""), "unknown escape" },
	{ "\\U is no escape", VIEW("\"\\U0041\""), "unknown escape" },
	{ "\\0 is no escape", VIEW("\"\\0\""), "unknown escape" },
	{ "a backslash before NUL", VIEW("\"\\\0\""), "unknown escape" },
	{ "\\u with three digits", VIEW("\"\\u004\""), "four hexadecimal" },
	{ "\\u with other letters", VIEW("\"\\u00g1\""), "four hexadecimal" },
	{ "\\u with a sign", VIEW("\"\\u-041\""), "four hexadecimal" },
	{ "\\u at the end", VIEW("\"\\u"), "four hexadecimal" },
	{ "TRN-17: \\u0000", VIEW("\"a\\u0000b\""), "\\u0000" },
	{ "TRN-17: \\u0000 in a member name", VIEW("{\"a\\u0000\":1,\"a\":2}"), "\\u0000" },
	{ "TRN-17: a lone high surrogate", VIEW("\"\\ud800\""), "lone surrogate" },
	{ "TRN-17: a lone low surrogate", VIEW("\"\\udc00\""), "lone surrogate" },
	{ "TRN-17: a high surrogate before a letter", VIEW("\"\\ud800x\""), "lone surrogate" },
	{ "TRN-17: a high surrogate before \\n", VIEW("\"\\ud800\\n\""), "lone surrogate" },
	{ "TRN-17: a high surrogate before another", VIEW("\"\\ud800\\ud800\""),
	    "lone surrogate" },
	{ "TRN-17: a high surrogate before U+E000", VIEW("\"\\udbff\\ue000\""),
	    "lone surrogate" },
	{ "TRN-17: two low surrogates", VIEW("\"\\udc00\\udc00\""), "lone surrogate" },
	{ "TRN-17: surrogates the wrong way round", VIEW("\"\\udc00\\ud800\""),
	    "lone surrogate" },
	{ "TRN-17: a stray continuation byte", VIEW("\"\x80\""), "UTF-8" },
	{ "TRN-17: an overlong NUL", VIEW("\"\xc0\x80\""), "UTF-8" },
	{ "TRN-17: an overlong of three bytes", VIEW("\"\xe0\x9f\xbf\""), "UTF-8" },
	{ "TRN-17: an overlong of four bytes", VIEW("\"\xf0\x8f\xbf\xbf\""), "UTF-8" },
	{ "TRN-17: a surrogate in UTF-8", VIEW("\"\xed\xa0\x80\""), "UTF-8" },
	{ "TRN-17: over U+10FFFF", VIEW("\"\xf4\x90\x80\x80\""), "UTF-8" },
	{ "TRN-17: five bytes", VIEW("\"\xf8\x88\x80\x80\x80\""), "UTF-8" },
	{ "TRN-17: a character that the end cuts off", VIEW("\"\xe2\x82"), "UTF-8" },
	{ "TRN-17: a character that the quote cuts off", VIEW("\"\xe2\x82\""), "UTF-8" },
	{ "TRN-17: Latin-1 in a member name", VIEW("{\"\xe4\":1}"), "UTF-8" },
	{ "TRN-17: 17 arrays deep", VIEW("[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]"),
	    "inside each other" },
	{ "TRN-17: 17 deep, the last an empty object", VIEW("[[[[[[[[[[[[[[[[{}]]]]]]]]]]]]]]]]"),
	    "inside each other" },
};

static void
test_good(struct arena *arena)
{
	const struct json *v;
	struct err err;
	size_t i;

	for (i = 0; i < NITEMS(good); i++) {
		err_clear(&err);
		if (!tap_ok(json_parse(arena, good[i].text, "payload", &v, &err) == 0,
		    "taken: %s", good[i].rule))
			tap_diag("%s %s", err.detail, err.inner);
		arena_reset(arena);
	}
}

static void
test_bad(struct arena *arena)
{
	const struct json *v;
	struct err err;
	size_t i;

	for (i = 0; i < NITEMS(bad); i++) {
		err_clear(&err);
		tap_ok(json_parse(arena, bad[i].text, "payload", &v, &err) == -1 &&
		    err.kind == ERR_MALFORMED, "refused: %s", bad[i].rule);
		if (!tap_ok(view_starts(view_of(err.detail),
		    VIEW("The payload is not strict JSON: ")) &&
		    strstr(err.detail, bad[i].why) != NULL, "... and told why: %s", bad[i].why))
			tap_diag("%s", err.detail);
		arena_reset(arena);
	}
}

/* No text is read beyond its end: each start of a good one is refused. */
static void
test_cut_off(struct arena *arena)
{
	const struct view text =
	    VIEW("{\"a\":[1.5e3,true,\"\\u00e4\xc3\xa4\"],\"b\":{\"c\":null}}");
	const struct json *v;
	size_t n, taken = 0;
	struct err err;
	char *copy;

	for (n = 0; n < text.n; n++) {
		/* Heap of exactly that size, so that a sanitizer sees an overrun. */
		copy = malloc(n + (n == 0));
		memcpy(copy, text.p, n);
		taken += json_parse(arena, view_from(copy, n), "payload", &v, &err) == 0;
		free(copy);
	}
	tap_is_int((int64_t)taken, 0, "no text that is cut off is taken");
	arena_reset(arena);
}

static void
test_deep(struct arena *arena)
{
	static char deep[100000];
	const struct json *v;
	struct err err;

	memset(deep, '[', sizeof(deep));
	tap_ok(json_parse(arena, view_from(deep, sizeof(deep)), "request", &v, &err) == -1,
	    "TOP-16: 100,000 open brackets");
	arena_reset(arena);
}

/* n members "mNNNNN":1, the last of them named as the first when twice. */
static void
put_members(struct buf *b, unsigned n, bool twice)
{
	unsigned i;

	buf_char(b, '{');
	for (i = 0; i < n; i++)
		buf_printf(b, "%s\"m%u\":1", i == 0 ? "" : ",",
		    twice && i == n - 1 ? 0 : i);
	buf_char(b, '}');
}

static void
test_many_members(struct arena *arena)
{
	struct buf b = BUF_INIT(2000000);
	const struct json *v;
	struct err err;
	int64_t i;

	put_members(&b, 100000, false);
	tap_ok(json_parse(arena, buf_view(&b), "request", &v, &err) == 0 &&
	    json_get_int(v, "m99999", &i, &err) == 1 && i == 1,
	    "TRN-17: 100,000 members in no more than linear time");
	arena_reset(arena);
	buf_reset(&b);
	put_members(&b, 100000, true);
	tap_ok(json_parse(arena, buf_view(&b), "request", &v, &err) == -1,
	    "TOP-12: one of 100,000 stands twice");
	arena_reset(arena);
	buf_release(&b);
}

static const struct {
	const char	*text;
	enum json_kind	 kind;
} kinds[] = {
	{ "null", JSON_NULL },
	{ "true", JSON_BOOL },
	{ "0", JSON_INT },
	{ "-1", JSON_INT },
	{ "9223372036854775807", JSON_INT },
	{ "9223372036854775808", JSON_FLOAT },
	{ "18446744073709551615", JSON_FLOAT },
	{ "18446744073709551616", JSON_FLOAT },
	{ "99999999999999999999999999", JSON_FLOAT },
	{ "-9223372036854775807", JSON_INT },
	{ "-9223372036854775809", JSON_FLOAT },
	{ "-99999999999999999999999999", JSON_FLOAT },
	{ "1.0", JSON_FLOAT },
	{ "1e2", JSON_FLOAT },
	{ "\"1\"", JSON_STR },
	{ "[1]", JSON_ARRAY },
	{ "{\"a\":1}", JSON_OBJECT },
};

static void
test_kinds(struct arena *arena)
{
	const struct json *v;
	struct err err;
	size_t i;

	for (i = 0; i < NITEMS(kinds); i++)
		if (tap_ok(json_parse(arena, view_of(kinds[i].text), "value", &v, &err) == 0,
		    "%s is taken", kinds[i].text))
			tap_is_int(json_kind(v), kinds[i].kind, "the kind of %s",
			    kinds[i].text);
	arena_reset(arena);
}

static const struct json *
parse(struct arena *arena, const char *text)
{
	const struct json *v;
	struct err err;

	if (json_parse(arena, view_of(text), "value", &v, &err) != 0) {
		tap_diag("%s: %s", text, err.detail);
		exit(1);
	}
	return v;
}

static void
test_members(struct arena *arena)
{
	const struct json *v = parse(arena, "{\"s\":\"a\\u00e4/\",\"empty\":\"\",\"t\":true,"
	    "\"f\":false,\"i\":-42,\"a\":[1,\"x\",null],\"o\":{\"in\":\"y\"},\"n\":null}");
	const struct json *a, *o;
	struct view s = VIEW_NONE;
	bool yes = false, no = true;
	int64_t i = 0;
	struct err err;

	tap_ok(json_get_str(v, "s", &s, &err) == 1, "a string member");
	tap_is_view(s, VIEW("a\xc3\xa4/"), "its escapes are decoded");
	tap_ok(json_get_str(v, "empty", &s, &err) == 1 && s.n == 0 && s.p != NULL,
	    "an empty string is there, with p");
	tap_ok(json_get_bool(v, "t", &yes, &err) == 1 && yes, "true");
	tap_ok(json_get_bool(v, "f", &no, &err) == 1 && !no, "false");
	tap_ok(json_get_int(v, "i", &i, &err) == 1 && i == -42, "an integer");
	tap_ok(json_get_array(v, "a", &a, &err) == 1 && json_len(a) == 3, "an array");
	tap_is_view(json_str(json_at(a, 1)), VIEW("x"), "an element");
	tap_ok(json_at(a, 2) != NULL && json_kind(json_at(a, 2)) == JSON_NULL,
	    "null is an element");
	tap_ok(json_at(a, 3) == NULL, "nothing behind the last element");
	tap_is_view(json_str(json_at(a, 0)), VIEW_NONE, "JWS-25: a number has no text");
	tap_ok(json_get_object(v, "o", &o, &err) == 1 &&
	    json_need_str(o, "in", &s, &err) == 0 && view_is(s, "y"), "an object");
	tap_ok(json_member(v, "n") != NULL && json_kind(json_member(v, "n")) == JSON_NULL,
	    "null is a member");
	tap_ok(json_member(v, "absent") == NULL, "an absent member");
	tap_ok(json_member(a, "s") == NULL && json_member(NULL, "s") == NULL,
	    "only objects have members");
	tap_ok(json_len(v) == 0 && json_at(v, 0) == NULL, "an object has no elements");
	tap_ok(json_get_str(v, "absent", &s, &err) == 0 &&
	    json_get_bool(v, "absent", &yes, &err) == 0 &&
	    json_get_int(v, "absent", &i, &err) == 0 &&
	    json_get_array(v, "absent", &a, &err) == 0 &&
	    json_get_object(v, "absent", &o, &err) == 0, "absent is 0 for every kind");
	tap_ok(json_need_str(v, "absent", &s, &err) == -1 && err.kind == ERR_MALFORMED &&
	    strstr(err.detail, "'absent'") != NULL, "a needed string is missing");
	arena_reset(arena);
}

/* The member "x" with each value, asked for as each kind. */
static void
test_no_coercion(struct arena *arena)
{
	static const struct { const char *text; enum json_kind kind; } values[] = {
		{ "{\"x\":\"1\"}", JSON_STR }, { "{\"x\":true}", JSON_BOOL },
		{ "{\"x\":1}", JSON_INT }, { "{\"x\":[]}", JSON_ARRAY },
		{ "{\"x\":{}}", JSON_OBJECT }, { "{\"x\":null}", JSON_NULL },
		{ "{\"x\":1.0}", JSON_FLOAT }, { "{\"x\":9223372036854775808}", JSON_FLOAT },
	};
	const struct json *v, *any;
	struct view s;
	struct err err = ERR_INIT;
	int64_t i;
	size_t k;
	bool b;

	for (k = 0; k < NITEMS(values); k++) {
		v = parse(arena, values[k].text);
		tap_is_int(json_get_str(v, "x", &s, &err), values[k].kind == JSON_STR ? 1 : -1,
		    "JWS-25: %s as a string", values[k].text);
		tap_is_int(json_need_str(v, "x", &s, &err), values[k].kind == JSON_STR ? 0 : -1,
		    "JWS-25: %s as a needed string", values[k].text);
		tap_is_int(json_get_bool(v, "x", &b, &err), values[k].kind == JSON_BOOL ? 1 : -1,
		    "JWS-25: %s as a boolean", values[k].text);
		tap_is_int(json_get_int(v, "x", &i, &err), values[k].kind == JSON_INT ? 1 : -1,
		    "JWS-25: %s as an integer", values[k].text);
		tap_is_int(json_get_array(v, "x", &any, &err),
		    values[k].kind == JSON_ARRAY ? 1 : -1, "JWS-25: %s as an array",
		    values[k].text);
		tap_is_int(json_get_object(v, "x", &any, &err),
		    values[k].kind == JSON_OBJECT ? 1 : -1, "JWS-25: %s as an object",
		    values[k].text);
		tap_ok(err.kind == ERR_MALFORMED && strstr(err.detail, "'x'") != NULL,
		    "the error names the member");
	}
	arena_reset(arena);
}

static const struct {
	const char	*rule, *json;
	struct view	 bytes;		/* p == NULL: refused */
} b64u[] = {
	{ "TRN-05: plain", "{\"x\":\"AQID\"}", { "\1\2\3", 3 } },
	{ "TRN-05: nothing", "{\"x\":\"\"}", { "", 0 } },
	{ "TRN-05: '-' and '_'", "{\"x\":\"-_8\"}", { "\xfb\xff", 2 } },
	{ "TRN-05: padding", "{\"x\":\"AQ==\"}", { NULL, 0 } },
	{ "TRN-05: '+' and '/'", "{\"x\":\"+/8\"}", { NULL, 0 } },
	{ "TRN-05: bits left over", "{\"x\":\"AR\"}", { NULL, 0 } },
	{ "TRN-05: one character left over", "{\"x\":\"AQIDA\"}", { NULL, 0 } },
	{ "TRN-05: a blank", "{\"x\":\"AQ ID\"}", { NULL, 0 } },
	{ "TRN-05: a line end", "{\"x\":\"AQID\\n\"}", { NULL, 0 } },
	{ "JWS-25: a number", "{\"x\":1234}", { NULL, 0 } },
	{ "a missing member", "{}", { NULL, 0 } },
};

static void
test_b64u(struct arena *arena)
{
	struct err err = ERR_INIT;
	struct view got;
	size_t i;
	int rc;

	for (i = 0; i < NITEMS(b64u); i++) {
		rc = json_need_b64u(arena, parse(arena, b64u[i].json), "x", &got, &err);
		if (b64u[i].bytes.p != NULL) {
			tap_is_int(rc, 0, "%s", b64u[i].rule);
			tap_is_view(got, b64u[i].bytes, "%s: the bytes", b64u[i].rule);
			tap_ok(got.p != NULL, "%s: p is set", b64u[i].rule);
		} else
			tap_ok(rc == -1 && err.kind == ERR_MALFORMED &&
			    strstr(err.detail, "'x'") != NULL, "%s", b64u[i].rule);
	}
	arena_reset(arena);
}

static void
test_order(struct arena *arena)
{
	const struct json *o = parse(arena, "{\"z\":1.50,\"a\":null,\"m\":true,\"b\":[-7]}");
	static const char *const names[] = { "z", "a", "m", "b" };
	struct view name = VIEW_NONE;
	size_t i;

	for (i = 0; i < NITEMS(names); i++)
		tap_ok(json_member_at(o, i, &name) == json_member(o, names[i]) &&
		    view_is(name, names[i]), "member %zu as it was written", i);
	tap_ok(json_member_at(o, i, &name) == NULL, "nothing behind the last member");
	tap_ok(json_member_at(json_member(o, "b"), 0, &name) == NULL, "an array has no members");
	tap_is_view(json_literal(arena, json_member(o, "z")), VIEW("1.50"), "a number as it is");
	tap_is_view(json_literal(arena, json_member(o, "a")), VIEW("null"), "null as it is");
	tap_is_view(json_literal(arena, json_member(o, "m")), VIEW("true"), "true as it is");
	tap_is_view(json_literal(arena, json_member(o, "b")), VIEW_NONE, "no text of an array");
	arena_reset(arena);
}

int
main(void)
{
	struct arena *arena = arena_new();

	test_order(arena);
	test_good(arena);
	test_bad(arena);
	test_cut_off(arena);
	test_deep(arena);
	test_many_members(arena);
	test_kinds(arena);
	test_members(arena);
	test_no_coercion(arena);
	test_b64u(arena);
	arena_free(arena);
	return tap_done();
}
