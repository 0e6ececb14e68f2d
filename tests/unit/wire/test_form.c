/* SPDX-License-Identifier: BSD-2-Clause */
/* wire/form: bodies of the partner API (partner-api 1 and 6, R-4). */
#include "wire/form.h"
#include "base/buf.h"
#include "tap.h"

static const struct {
	const char	*rule;
	struct view	 body;
	const char	*fields;	/* name=value, one a line */
} good[] = {
	{ "an empty body", VIEW(""), "" },
	{ "one field", VIEW("action=LISTSERVERS"), "action=LISTSERVERS\n" },
	{ "three, in their order", VIEW("b=2&a=1&c=3"), "b=2\na=1\nc=3\n" },
	{ "repeats are kept", VIEW("filter=a&filter=b&FILTER=c"),
	    "filter=a\nfilter=b\nFILTER=c\n" },
	{ "an empty value", VIEW("a=&b=1"), "a=\nb=1\n" },
	{ "no '='", VIEW("a&b=1"), "a=\nb=1\n" },
	{ "an empty name", VIEW("=x"), "=x\n" },
	{ "'=' in a value", VIEW("key=abc=="), "key=abc==\n" },
	{ "nothing between two '&'", VIEW("&a=1&&b=2&"), "a=1\nb=2\n" },
	{ "'+' is a blank", VIEW("a+b=c+d"), "a b=c d\n" },
	{ "%XX in either case", VIEW("a=%2a%2A%2b"), "a=**+\n" },
	{ "%26 and %3D separate nothing", VIEW("a%3D%26=%26%3D"), "a=&=&=\n" },
	{ "%25 is decoded once", VIEW("a=%2541"), "a=%41\n" },
	{ "an encoded wildcard", VIEW("domainName=%2A.example.com"),
	    "domainName=*.example.com\n" },
	{ "UTF-8, encoded and not", VIEW("a=%C3%A4\xc3\xa4"), "a=\xc3\xa4\xc3\xa4\n" },
	{ "a line end in a value", VIEW("a=x%0Ay"), "a=x\ny\n" },
};

static void
test_good(struct arena *arena)
{
	struct buf b = BUF_INIT(1000);
	struct form form;
	struct err err;
	size_t i, k;

	for (i = 0; i < NITEMS(good); i++) {
		buf_reset(&b);
		if (!tap_ok(form_parse(arena, good[i].body, &form, &err) == 0, "taken: %s",
		    good[i].rule))
			continue;
		for (k = 0; k < form.n; k++)
			buf_printf(&b, "%.*s=%.*s\n", VIEW_ARG(form.fields[k].name),
			    VIEW_ARG(form.fields[k].value));
		tap_is_view(buf_view(&b), view_of(good[i].fields), "... as it was meant");
		arena_reset(arena);
	}
	buf_release(&b);
}

static const struct {
	const char	*rule;
	struct view	 body;
	const char	*name;		/* what E3 names */
} bad[] = {
	{ "a NUL in a value", VIEW("a=1&b=x%00y"), "b" },
	{ "a raw NUL in a value", VIEW("b=x\0y"), "b" },
	{ "a NUL in a name", VIEW("b%00=x"), "b%00" },
	{ "'%' at the end", VIEW("b=x%"), "b" },
	{ "'%' and one digit at the end", VIEW("b=x%4"), "b" },
	{ "'%' and one digit before the next field", VIEW("b=x%4&c=1"), "b" },
	{ "'%' and no hexadecimal digits", VIEW("b=%zz"), "b" },
	{ "'%' and a sign", VIEW("b=%+4"), "b" },
	{ "'%%'", VIEW("b=%%41"), "b" },
	{ "'%' in a name", VIEW("b%=x"), "b%" },
	{ "bytes that are not UTF-8", VIEW("b=%E4"), "b" },
	{ "an overlong NUL", VIEW("b=%C0%80"), "b" },
	{ "a surrogate", VIEW("b=%ED%A0%80"), "b" },
	{ "raw bytes that are not UTF-8", VIEW("b=\xe4"), "b" },
	{ "a character cut between two fields", VIEW("b=%C3&c=%A4"), "b" },
	{ "an encoded name of the field is decoded", VIEW("%62=%00"), "b" },
	{ "the first bad field is named", VIEW("a=1&b=%&c=%"), "b" },
	{ "a bad field without '='", VIEW("%FF"), "%FF" },
};

static void
test_bad(struct arena *arena)
{
	struct form form;
	struct err err;
	size_t i;

	for (i = 0; i < NITEMS(bad); i++) {
		err_clear(&err);
		tap_ok(form_parse(arena, bad[i].body, &form, &err) == -1 &&
		    err.kind == ERR_MALFORMED, "refused: %s", bad[i].rule);
		tap_is_view(view_of(err.detail), view_of(arena_printf(arena,
		    "The value of the '%s' argument is invalid!", bad[i].name)),
		    "R-4, E3: ... naming the argument");
		arena_reset(arena);
	}
}

static void
test_many(struct arena *arena)
{
	struct buf b = BUF_INIT(1000000);
	struct form form;
	struct err err;
	unsigned i;

	for (i = 1; i <= FORM_FIELDS_MAX; i++)
		buf_printf(&b, "f%u=%u&", i, i);
	tap_ok(form_parse(arena, buf_view(&b), &form, &err) == 0 && form.n == FORM_FIELDS_MAX,
	    "64 fields");
	buf_str(&b, "last=1");
	tap_ok(form_parse(arena, buf_view(&b), &form, &err) == -1 && strcmp(err.detail,
	    "The value of the 'last' argument is invalid!") == 0, "65 fields");
	buf_reset(&b);
	for (i = 0; i < 100000; i++)
		buf_char(&b, '&');
	tap_ok(form_parse(arena, buf_view(&b), &form, &err) == 0 && form.n == 0,
	    "100,000 empty fields are none");
	buf_reset(&b);
	for (i = 0; i < 100000; i++)
		buf_char(&b, 'n');
	buf_str(&b, "=%00");
	tap_ok(form_parse(arena, buf_view(&b), &form, &err) == -1 &&
	    view_ends(view_of(err.detail), VIEW("n' argument is invalid!")),
	    "a name without end is cut in the error, not the error's text");
	buf_release(&b);
	arena_reset(arena);
}

static void
test_find(struct arena *arena)
{
	const struct form_field *field;
	struct form form;
	struct err err;

	tap_ok(form_parse(arena, VIEW("serverURL=x&filter=1&Filter=2&filters=3"), &form, &err)
	    == 0, "a form");
	field = form_find(&form, "serverUrl");
	tap_ok(field != NULL && view_is(field->value, "x"),
	    "names are found whatever their case");
	field = form_find(&form, "filter");
	tap_ok(field != NULL && view_is(field->value, "1"), "the first of several");
	tap_ok(form_find(&form, "filte") == NULL, "the start of a name is another name");
	tap_ok(form_count(&form, "filter") == 2 && form_count(&form, "FILTERS") == 1 &&
	    form_count(&form, "absent") == 0, "repeats are counted");
	arena_reset(arena);
}

int
main(void)
{
	struct arena *arena = arena_new();

	test_good(arena);
	test_bad(arena);
	test_many(arena);
	test_find(arena);
	arena_free(arena);
	return tap_done();
}
