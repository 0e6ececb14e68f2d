/* SPDX-License-Identifier: BSD-2-Clause */
/* partner/args, partner/actions: arguments, and the order of checks up to the login. */
#include "partner/args.h"
#include "base/log.h"
#include "tap.h"
#include "web/serve.h"

static const struct {
	const char	*rule;
	struct view	 years, days;
	int		 term;		/* 0: refused */
	const char	*named;		/* by E3 */
} terms[] = {
	{ "neither: one year", VIEW(""), VIEW(""), 1, NULL },
	{ "1 year", VIEW("1"), VIEW(""), 1, NULL },
	{ "2 years", VIEW("2"), VIEW(""), 2, NULL },
	{ "3 years", VIEW("3"), VIEW(""), 3, NULL },
	{ "no year", VIEW("0"), VIEW(""), 0, "years" },
	{ "4 years", VIEW("4"), VIEW(""), 0, "years" },
	{ "a negative term", VIEW("-1"), VIEW(""), 0, "years" },
	{ "a sign", VIEW("+1"), VIEW(""), 0, "years" },
	{ "a leading zero", VIEW("01"), VIEW(""), 0, "years" },
	{ "a blank", VIEW(" 1"), VIEW(""), 0, "years" },
	{ "a fraction", VIEW("1.0"), VIEW(""), 0, "years" },
	{ "2^64 + 1", VIEW("18446744073709551617"), VIEW(""), 0, "years" },
	{ "365 days", VIEW(""), VIEW("365"), 1, NULL },
	{ "730 days", VIEW(""), VIEW("730"), 2, NULL },
	{ "1095 days", VIEW(""), VIEW("1095"), 3, NULL },
	{ "no day", VIEW(""), VIEW("0"), 0, "days" },
	{ "364 days", VIEW(""), VIEW("364"), 0, "days" },
	{ "366 days", VIEW(""), VIEW("366"), 0, "days" },
	{ "1460 days", VIEW(""), VIEW("1460"), 0, "days" },
	{ "days that are no number", VIEW(""), VIEW("x"), 0, "days" },
	{ "A-34: years win over days", VIEW("2"), VIEW("365"), 2, NULL },
	{ "A-34: days are not even parsed", VIEW("2"), VIEW("x"), 2, NULL },
	{ "A-34: bad years are not replaced by good days", VIEW("x"), VIEW("365"), 0, "years" },
};

static void
test_terms(struct arena *arena)
{
	struct err err = ERR_INIT;
	unsigned n;
	size_t i;
	int want;

	for (i = 0; i < NITEMS(terms); i++) {
		n = 0;
		tap_is_int(args_term(CONF_RULES_V2, terms[i].years, terms[i].days, &n, &err),
		    terms[i].term != 0 ? 0 : -1, "%s", terms[i].rule);
		tap_is_int(n, terms[i].term, "... its years");
		if (terms[i].named != NULL)
			tap_is_view(view_of(err.detail), view_of(arena_printf(arena,
			    "The value of the '%s' argument is invalid!", terms[i].named)),
			    "E3: ... names it");
		want = terms[i].term == 1 ? 0 : -1;
		tap_is_int(args_term(CONF_RULES_V1, terms[i].years, terms[i].days, &n, &err),
		    want, "X17: %s, in V1", terms[i].rule);
	}
	arena_reset(arena);
}

static const struct {
	const char	*rule;
	struct view	 name;
	const char	*as;		/* NULL: E3 */
} names[] = {
	{ "a name", VIEW("shop.example"), "shop.example" },
	{ "A-24: lower case", VIEW("Shop.EXAMPLE"), "shop.example" },
	{ "A-24: one trailing dot is dropped", VIEW("shop.example."), "shop.example" },
	{ "A-24: two are not", VIEW("shop.example.."), NULL },
	{ "A-24: a wildcard", VIEW("*.shop.example"), "*.shop.example" },
	{ "A-24: a wildcard with a dot", VIEW("*.shop.example."), "*.shop.example" },
	{ "A-24: two wildcards", VIEW("*.*.shop.example"), NULL },
	{ "A-24: a wildcard in a label", VIEW("*x.shop.example"), NULL },
	{ "A-24: a wildcard further down", VIEW("www.*.shop.example"), NULL },
	{ "A-24: an underscore", VIEW("a_b.shop.example"), NULL },
	{ "A-24: an address", VIEW("192.0.2.1"), NULL },
	{ "A-24: an IPv6 address", VIEW("2001:db8::1"), NULL },
	{ "A-24: a public suffix", VIEW("co.uk"), NULL },
	{ "A-24: a top-level domain", VIEW("com"), NULL },
	{ "R-11: no dot", VIEW("shop"), NULL },
	{ "nothing", VIEW(""), NULL },
	{ "a dot", VIEW("."), NULL },
	{ "a blank", VIEW("shop .example"), NULL },
	{ "a NUL", VIEW("shop\0.example"), NULL },
	{ "a label of 64", VIEW("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	    ".shop.example"), NULL },
	{ "a letter that is not ASCII", VIEW("b\xc3\xbc" "cher.example"), NULL },
};

/* With ip_identifiers; no type: E3. */
static const struct {
	const char	*name;
	unsigned	 type;
} addresses[] = {
	{ "8.8.8.8", IDENT_IP },
	{ "2606:4700::1111", IDENT_IP },
	{ "shop.example.", IDENT_DNS },
	{ "8.8.8.8.", 0 },
	{ "08.8.8.8", 0 },
	{ "*.8.8.8.8", 0 },
	{ "2606:4700:0::1111", 0 },
	{ "[2606:4700::1111]", 0 },
	{ "192.0.2.1", 0 },
	{ "127.0.0.1", 0 },
};

static void
test_names(struct arena *arena)
{
	struct conf conf = { .ip_identifiers = false };
	struct service svc = { .conf = &conf };
	struct call c = { .svc = &svc, .arena = arena };
	struct ident id;
	struct err err = ERR_INIT;
	size_t i;

	if (!tap_ok(names_policy_new(true, false, &svc.names, &err) == 0, "the public suffix list"))
		return;
	for (i = 0; i < NITEMS(names); i++) {
		if (tap_is_int(args_domain(&c, names[i].name, &id, &err),
		    names[i].as != NULL ? 0 : -1, "%s", names[i].rule) && names[i].as != NULL)
			tap_is_view(ident_text(arena, &id), view_of(names[i].as), "... as");
		else
			tap_is_view(view_of(err.detail),
			    VIEW("The value of the 'domainName' argument is invalid!"),
			    "E3: ... names it");
		arena_reset(arena);
	}
	conf.ip_identifiers = true;
	for (i = 0; i < NITEMS(addresses); i++)
		if (tap_is_int(args_domain(&c, view_of(addresses[i].name), &id, &err),
		    addresses[i].type != 0 ? 0 : -1, "A-24: ip_identifiers: %s", addresses[i].name) &&
		    addresses[i].type != 0)
			tap_is_int(id.type, addresses[i].type, "... its type");
	arena_reset(arena);
	names_policy_free(svc.names);
}

#define E2_(arg)	"The '" arg "' argument is missing!"
#define E3_(arg)	"The value of the '" arg "' argument is invalid!"
#define A31		"action=LISTSERVERSLISTSERVERSLISTSERV"
static const struct {
	const char	*rule;
	bool		 https;
	unsigned	 method;
	bool		 too_large;
	struct view	 body;
	unsigned	 status;
	const char	*detail;
} orders[] = {
	{ "E6 before E20", false, GET, true, VIEW("%"), 403, "Use of HTTPS is REQUIRED!" },
	{ "E6 before E21", false, POST, true, VIEW("%"), 403, "Use of HTTPS is REQUIRED!" },
	{ "E6 before all that the body says", false, POST, false, VIEW("action=LISTSERVERS"),
	    403, "Use of HTTPS is REQUIRED!" },
	{ "E20 before E21", true, GET, true, VIEW("%"), 405, "Method not allowed!" },
	{ "E20 for HEAD", true, HEAD, false, VIEW(""), 405, "Method not allowed!" },
	{ "E20 for a method that nobody knows", true, 0, false, VIEW(""), 405,
	    "Method not allowed!" },
	{ "E21 before the form", true, POST, true, VIEW("%"), 413, "Request too large!" },
	{ "the form before the action", true, POST, false, VIEW("x=%00"), 400, E3_("x") },
	{ "E2: no action", true, POST, false, VIEW("loginName=a&loginPassword=b"), 400,
	    E2_("action") },
	{ "E2: an empty body", true, POST, false, VIEW(""), 400, E2_("action") },
	{ "E2: an empty action", true, POST, false, VIEW("action="), 400, E2_("action") },
	{ "E3: an unknown action", true, POST, false, VIEW("action=NONE"), 400,
	    E3_("action") },
	{ "E3: an action in another case", true, POST, false, VIEW("action=listservers"), 400,
	    E3_("action") },
	{ "E3: two actions", true, POST, false, VIEW("action=LISTSERVERS&ACTION=LISTSERVERS"),
	    400, E3_("action") },
	{ "E3: an action too long", true, POST, false, VIEW(A31), 400, E3_("action") },
	{ "the action before the login", true, POST, false, VIEW("action=NONE"), 400,
	    E3_("action") },
	{ "E2: no login name", true, POST, false, VIEW("action=LISTSERVERS"), 400,
	    E2_("loginName") },
	{ "E2: an empty one", true, POST, false, VIEW("action=LISTSERVERS&loginName="), 400,
	    E2_("loginName") },
	{ "E2: no password", true, POST, false, VIEW("action=LISTSERVERS&loginName=a"), 400,
	    E2_("loginPassword") },
	{ "E3: two login names", true, POST, false,
	    VIEW("action=LISTSERVERS&loginName=a&loginname=b&loginPassword=c"), 400,
	    E3_("loginName") },
	{ "E3: two passwords", true, POST, false,
	    VIEW("action=LISTSERVERS&loginName=a&loginPassword=b&loginPassword=b"), 400,
	    E3_("loginPassword") },
	{ "E2 before E3 of the login", true, POST, false,
	    VIEW("action=LISTSERVERS&loginName=a&loginName=b"), 400, E2_("loginPassword") },
	{ "an unknown argument is told only after the login", true, POST, false,
	    VIEW("action=LISTSERVERS&foo=1"), 400, E2_("loginName") },
};

static struct view
header(const struct req *r, const char *name)
{
	const struct reply_header *h;

	for (h = r->reply.headers; h != NULL; h = h->next)
		if (strcmp(h->name, name) == 0)
			return h->value;
	return VIEW_NONE;
}

static void
test_order(struct arena *arena)
{
	/* Without a database: no row of a refusal is left. */
	struct service svc = { .strangers = { .rows = UINT_MAX } };
	const struct json *body;
	struct view detail;
	struct err err = ERR_INIT;
	struct req r;
	size_t i;

	log_level(LOG_EMERG);
	for (i = 0; i < NITEMS(orders); i++) {
		r = (struct req){ .arena = arena, .app = &svc, .method = orders[i].method,
		    .path = VIEW("/products/!ACMEAdmin"), .https = orders[i].https,
		    .body = orders[i].body, .body_too_large = orders[i].too_large };
		reply_init(&r.reply, arena);
		serve(&r, &partner_site, 1);
		tap_is_int(r.reply.status, orders[i].status, "R-4: %s", orders[i].rule);
		detail = VIEW_NONE;
		if (json_parse(arena, buf_view(&r.reply.body), "body", &body, &err) != 0 ||
		    json_get_str(body, "detail", &detail, &err) != 1)
			tap_diag("%s", err.detail);
		tap_is_view(detail, view_of(orders[i].detail), "... its detail");
		tap_ok(view_is(header(&r, "Content-Type"), "application/json") &&
		    view_is(header(&r, "Cache-Control"), "no-store"),
		    "... JSON that nobody keeps");
		arena_reset(arena);
	}
}

int
main(void)
{
	struct arena *arena = arena_new();

	test_terms(arena);
	test_names(arena);
	test_order(arena);
	arena_free(arena);
	return tap_done();
}
