/* SPDX-License-Identifier: BSD-2-Clause */
/* web/reply: headers that cannot be forged from inside a value (TRN-16). */
#include "web/reply.h"
#include "tap.h"

static struct view
headers(const struct reply *r)
{
	const struct reply_header *h;
	const char *text = "";

	for (h = r->headers; h != NULL; h = h->next)
		text = arena_printf(r->arena, "%s%s: %.*s\n", text, h->name,
		    VIEW_ARG(h->value));
	return view_of(text);
}

static const struct {
	const char	*rule;
	struct view	 value;
	bool		 sent;
} values[] = {
	{ "a plain value", VIEW("https://ca.example/v2/x/order/7"), true },
	{ "an empty one", VIEW(""), true },
	{ "a tab and a byte over 127", VIEW("a\t\xc3\xa4"), true },
	{ "a line feed", VIEW("a\nSet-Cookie: b"), false },
	{ "a carriage return", VIEW("a\rSet-Cookie: b"), false },
	{ "both", VIEW("a\r\n\r\n<html>"), false },
	{ "a line feed at its end", VIEW("a\n"), false },
	{ "a NUL", VIEW("a\0b"), false },
};

static void
test_values(struct arena *arena)
{
	struct reply r;
	const char *line;
	size_t i;

	for (i = 0; i < NITEMS(values); i++) {
		reply_init(&r, arena);
		reply_header(&r, "Link", VIEW("<a>"));
		reply_header(&r, "Location", values[i].value);
		reply_header(&r, "Last", VIEW("z"));
		line = values[i].sent ? arena_printf(arena, "Location: %.*s\n",
		    VIEW_ARG(values[i].value)) : "";
		tap_is_view(headers(&r), view_of(arena_printf(arena,
		    "Link: <a>\n%sLast: z\n", line)), "TRN-16: %s is %s", values[i].rule,
		    values[i].sent ? "sent as it is" : "left out, its neighbours are not");
		arena_reset(arena);
	}
}

static void
test_printf(struct arena *arena)
{
	struct reply r;
	char longest[2048];

	memset(longest, 'x', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	reply_init(&r, arena);
	reply_header_printf(&r, "Retry-After", "%u", 3U);
	reply_header_printf(&r, "Link", "<%s>", "a\nb");
	tap_is_view(headers(&r), VIEW("Retry-After: 3\n"),
	    "TRN-16: a formatted value is looked at likewise");
	reply_clear(&r);
	reply_header_printf(&r, "A", "%s", longest);
	tap_ok(r.headers != NULL && r.headers->value.n == sizeof(longest) - 1,
	    "2047 bytes are formatted");
	reply_clear(&r);
	reply_header_printf(&r, "A", "%sx", longest);
	tap_ok(r.headers == NULL, "a longer one is left out, never cut");
	arena_reset(arena);
}

static void
test_clear(struct arena *arena)
{
	struct reply r;

	reply_init(&r, arena);
	tap_is_int(r.status, 200, "a new reply is 200");
	r.status = 404;
	reply_type(&r, "text/plain");
	buf_str(&r.body, "body");
	reply_clear(&r);
	tap_ok(r.status == 200 && r.headers == NULL && r.body.n == 0,
	    "after clearing it is as new");
	reply_type(&r, "text/html");
	tap_is_view(headers(&r), VIEW("Content-Type: text/html\n"), "and headers start anew");
	tap_is_view(view_of(reply_reason(404)), VIEW("Not Found"), "the reason of 404");
	tap_is_view(view_of(reply_reason(299)), VIEW("Unknown"), "and of a status without one");
	arena_reset(arena);
}

int
main(void)
{
	struct arena *arena = arena_new();

	test_values(arena);
	test_printf(arena);
	test_clear(arena);
	arena_free(arena);
	return tap_done();
}
