/* SPDX-License-Identifier: BSD-2-Clause */
/* acme/contact: the contact URLs of an account (RFC 8555 s7.3; ACC-06 to ACC-08). */
#include "acme/contact.h"
#include "base/buf.h"
#include "tap.h"
#include "wire/limits.h"

#define L64	"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static const struct {
	const char	*rule;
	struct view	 payload;
	const char	*contacts;	/* one a line */
} good[] = {
	{ "ACC-08: no member", VIEW("{}"), "" },
	{ "ACC-08, CLI-07: null", VIEW("{\"contact\":null}"), "" },
	{ "ACC-08: an empty list", VIEW("{\"contact\":[]}"), "" },
	{ "ACC-06: one address", VIEW("{\"contact\":[\"mailto:a@ca.test\"]}"),
	    "mailto:a@ca.test\n" },
	{ "two, in their order", VIEW("{\"contact\":[\"mailto:b@x.org\",\"mailto:a@x.org\"]}"),
	    "mailto:b@x.org\nmailto:a@x.org\n" },
	{ "the scheme in any case, kept as it came", VIEW("{\"contact\":[\"MailTo:a@x.org\"]}"),
	    "MailTo:a@x.org\n" },
	{ "the domain in any case", VIEW("{\"contact\":[\"mailto:a@X.Org\"]}"),
	    "mailto:a@X.Org\n" },
	{ "every character of RFC 5322's atoms", VIEW("{\"contact\":"
	    "[\"mailto:!$&'*+-/=^_`{|}~.zZ9@x.org\"]}"), "mailto:!$&'*+-/=^_`{|}~.zZ9@x.org\n" },
	{ "a local part of 64", VIEW("{\"contact\":[\"mailto:" L64 "@x.org\"]}"),
	    "mailto:" L64 "@x.org\n" },
	{ "a domain of two letters and a label", VIEW("{\"contact\":[\"mailto:a@b.de\"]}"),
	    "mailto:a@b.de\n" },
	{ "an A-label", VIEW("{\"contact\":[\"mailto:a@xn--bcher-kva.example\"]}"),
	    "mailto:a@xn--bcher-kva.example\n" },
};

static void
test_good(struct arena *arena)
{
	const struct json *payload;
	struct view *contacts;
	struct buf b = BUF_INIT(1000);
	struct err err = ERR_INIT;
	size_t i, k, n;

	for (i = 0; i < NITEMS(good); i++) {
		buf_reset(&b);
		if (!tap_ok(json_parse(arena, good[i].payload, "payload", &payload, &err) == 0
		    && contact_parse(arena, payload, true, &contacts, &n, &err) == 0,
		    "taken: %s %s", good[i].rule, err.detail))
			continue;
		for (k = 0; k < n; k++)
			buf_printf(&b, "%.*s\n", VIEW_ARG(contacts[k]));
		tap_is_view(buf_view(&b), view_of(good[i].contacts), "... as it came");
		arena_reset(arena);
	}
	buf_release(&b);
}

#define ONE(url)	VIEW("{\"contact\":[\"" url "\"]}")
static const struct {
	const char	*rule;
	struct view	 payload;
	enum err_kind	 kind;
} bad[] = {
	{ "ACC-06: a string", VIEW("{\"contact\":\"mailto:a@x.org\"}"), ERR_MALFORMED },
	{ "ACC-06: an object", VIEW("{\"contact\":{}}"), ERR_MALFORMED },
	{ "ACC-06: a number in the list", VIEW("{\"contact\":[1]}"), ERR_MALFORMED },
	{ "ACC-06: null in the list", VIEW("{\"contact\":[null]}"), ERR_MALFORMED },
	{ "ACC-06: a second that is none", VIEW("{\"contact\":[\"mailto:a@x.org\",true]}"),
	    ERR_MALFORMED },
	{ "ACC-06: tel", ONE("tel:+1234"), ERR_UNSUPPORTED_CONTACT },
	{ "ACC-06: https", ONE("https://x.org/"), ERR_UNSUPPORTED_CONTACT },
	{ "ACC-06: no scheme", ONE("a@x.org"), ERR_UNSUPPORTED_CONTACT },
	{ "ACC-06: half a scheme", ONE("mailto"), ERR_UNSUPPORTED_CONTACT },
	{ "ACC-07: nothing", ONE(""), ERR_INVALID_CONTACT },
	{ "ACC-07: no address", ONE("mailto:"), ERR_INVALID_CONTACT },
	{ "ACC-07: no domain", ONE("mailto:a"), ERR_INVALID_CONTACT },
	{ "ACC-07: an empty domain", ONE("mailto:a@"), ERR_INVALID_CONTACT },
	{ "ACC-07: an empty local part", ONE("mailto:@x.org"), ERR_INVALID_CONTACT },
	{ "ACC-07: two addresses", ONE("mailto:a@x.org,b@x.org"), ERR_INVALID_CONTACT },
	{ "ACC-07: header fields", ONE("mailto:a@x.org?subject=x"), ERR_INVALID_CONTACT },
	{ "ACC-07: header fields before the domain", ONE("mailto:a?cc=b@x.org"),
	    ERR_INVALID_CONTACT },
	{ "ACC-07: a fragment", ONE("mailto:a@x.org#x"), ERR_INVALID_CONTACT },
	{ "ACC-07: slashes", ONE("mailto://a@x.org/"), ERR_INVALID_CONTACT },
	{ "ACC-07: two '@'", ONE("mailto:a@b@x.org"), ERR_INVALID_CONTACT },
	{ "ACC-07: percent-encoding", ONE("mailto:a%40b@x.org"), ERR_INVALID_CONTACT },
	{ "ACC-07: a quoted local part", ONE("mailto:\\\"a b\\\"@x.org"), ERR_INVALID_CONTACT },
	{ "ACC-07: a blank", ONE("mailto:a b@x.org"), ERR_INVALID_CONTACT },
	{ "ACC-07: a line end", ONE("mailto:a\\n@x.org"), ERR_INVALID_CONTACT },
	{ "ACC-07: a letter that is not ASCII", ONE("mailto:\xc3\xa4@x.org"),
	    ERR_INVALID_CONTACT },
	{ "ACC-07: a domain that is not ASCII", ONE("mailto:a@\xc3\xa4.org"),
	    ERR_INVALID_CONTACT },
	{ "ACC-07: an address literal", ONE("mailto:a@[192.0.2.1]"), ERR_INVALID_CONTACT },
	{ "ACC-07: an address", ONE("mailto:a@192.0.2.1"), ERR_INVALID_CONTACT },
	{ "ACC-07: a wildcard", ONE("mailto:a@*.x.org"), ERR_INVALID_CONTACT },
	{ "ACC-07: a domain that ends in a dot", ONE("mailto:a@x.org."), ERR_INVALID_CONTACT },
	{ "ACC-07: a local part of 65", ONE("mailto:" L64 "5@x.org"), ERR_INVALID_CONTACT },
	{ "ACC-08: over 254 bytes", ONE("mailto:a@" L64 "." L64 "." L64 "." L64 ".org"),
	    ERR_INVALID_CONTACT },
};

static void
test_bad(struct arena *arena)
{
	const struct json *payload;
	struct view *contacts;
	struct err err = ERR_INIT;
	size_t i, n;

	for (i = 0; i < NITEMS(bad); i++) {
		if (json_parse(arena, bad[i].payload, "payload", &payload, &err) != 0) {
			tap_ok(false, "%s: the test's payload: %s", bad[i].rule, err.detail);
			continue;
		}
		tap_ok(contact_parse(arena, payload, true, &contacts, &n, &err) == -1 &&
		    err.kind == bad[i].kind && n == 0, "refused with %s: %s",
		    err_kind_name(bad[i].kind), bad[i].rule);
		arena_reset(arena);
	}
}

static const struct {
	struct view	 payload;
	const char	*domain;
	bool		 reserved;
} domains[] = {
	{ ONE("mailto:a@example.com"), "example.com", true },
	{ ONE("mailto:a@EXAMPLE.NET"), "EXAMPLE.NET", true },
	{ ONE("mailto:a@mail.example.org"), "mail.example.org", true },
	{ ONE("mailto:a@x.example"), "x.example", true },
	{ ONE("mailto:a@x.test"), "x.test", true },
	{ ONE("mailto:a@x.invalid"), "x.invalid", true },
	{ ONE("mailto:a@x.localhost"), "x.localhost", true },
	{ ONE("mailto:a@notexample.com"), "notexample.com", false },
	{ ONE("mailto:a@example.com.de"), "example.com.de", false },
	{ ONE("mailto:a@test.de"), "test.de", false },
	{ ONE("mailto:a@mytest"), "mytest", true },	/* one label is no domain */
};

static void
test_reserved(struct arena *arena)
{
	const struct json *payload;
	struct view *contacts;
	struct err err = ERR_INIT;
	size_t i, n;

	for (i = 0; i < NITEMS(domains); i++) {
		if (json_parse(arena, domains[i].payload, "payload", &payload, &err) != 0)
			return;
		tap_is_int(contact_parse(arena, payload, false, &contacts, &n, &err),
		    domains[i].reserved ? -1 : 0, "ACC-07: %s is %s", domains[i].domain,
		    domains[i].reserved ? "nobody's" : "somebody's");
		arena_reset(arena);
	}
}

static void
test_count(struct arena *arena)
{
	const struct json *payload;
	struct view *contacts;
	struct buf b = BUF_INIT(10000);
	struct err err = ERR_INIT;
	size_t i, n, count;

	for (count = CONTACTS_MAX; count <= CONTACTS_MAX + 1; count++) {
		buf_reset(&b);
		buf_str(&b, "{\"contact\":[");
		for (i = 0; i < count; i++)
			buf_printf(&b, "%s\"mailto:a%zu@x.org\"", i != 0 ? "," : "", i);
		buf_str(&b, "]}");
		tap_ok(json_parse(arena, buf_view(&b), "payload", &payload, &err) == 0 &&
		    contact_parse(arena, payload, true, &contacts, &n, &err) ==
		    (count <= 10 ? 0 : -1), "ACC-08: %zu contacts", count);
	}
	tap_is_int(err.kind, ERR_MALFORMED, "ACC-08: ... are malformed");
	buf_release(&b);
	arena_reset(arena);
}

int
main(void)
{
	struct arena *arena = arena_new();

	test_good(arena);
	test_bad(arena);
	test_reserved(arena);
	test_count(arena);
	arena_free(arena);
	return tap_done();
}
