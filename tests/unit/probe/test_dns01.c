/* SPDX-License-Identifier: BSD-2-Clause */
/* dns-01 against a resolver that plays from a table, and the parser of TXT records. */
#include "tap.h"
#include "fakes.h"

#include "base/clock.h"
#include "probe/txt.h"
#include "wire/json.h"

#define TOKEN		"evaGxfADs6pSRb2LAv9IZf17Dt3juxGJ-PCt92wr-oA"
#define KEY_AUTHZ	TOKEN ".9jg46WB3rR_AHD-EBXdN7cBkH1WOu0tA3M9fm21mqTI"
/* printf %s KEY_AUTHZ | openssl dgst -sha256 -binary | basenc --base64url | tr -d = */
#define DIGEST		"lCM7cZyQXcVHK2nnW3jjAhNT3Fvm18UN-kWZZknKoYM"
#define TXT_(octets)	{ octets, sizeof(octets) - 1 }
#define AT(host)	.name = "_acme-challenge." host, .type = DNS_TYPE_TXT
#define LONG_LABEL	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa."

static const struct fake_answer answers[] = {
	{ AT("ok.test"), .rdata = { TXT_("\x2b" DIGEST) }, .dnssec = DNSSEC_SECURE },
	{ AT("split.test"), .rdata =
	    { TXT_("\x05lCM7c\x26ZyQXcVHK2nnW3jjAhNT3Fvm18UN-kWZZknKoYM") },
	    .dnssec = DNSSEC_INSECURE },
	{ AT("several.test"), .rdata = { TXT_("\x03one"), TXT_("\x2b" DIGEST),
	    TXT_("\x05three") } },
	{ AT("halves.test"), .rdata = { TXT_("\x05lCM7c"),
	    TXT_("\x26ZyQXcVHK2nnW3jjAhNT3Fvm18UN-kWZZknKoYM") } },
	{ AT("case.test"), .rdata = { TXT_("\x2blcm7czyqxcvhk2nnw3jjahnt3fvm18un-kwzzknkoym") } },
	{ AT("quotes.test"), .rdata = { TXT_("\x2d\"" DIGEST "\"") } },
	{ AT("blank.test"), .rdata = { TXT_("\x2c" DIGEST " ") } },
	{ AT("padded.test"), .rdata = { TXT_("\x2c" DIGEST "=") } },
	{ AT("short.test"), .rdata = { TXT_("\x2alCM7cZyQXcVHK2nnW3jjAhNT3Fvm18UN-kWZZknKoY") } },
	{ AT("keyauthz.test"), .rdata = { TXT_("\x57" KEY_AUTHZ) } },
	{ AT("empty.test"), .rdata = { TXT_("\0") } },
	{ AT("hostile.test"), .rdata = { TXT_("\x0a<b>\r\n\x1b[0m\"") } },
	{ AT("broken.test"), .rdata = { TXT_("\x2clCM7c") } },
	{ AT("halfbroken.test"), .rdata = { TXT_("\xff!"), TXT_("\x2b" DIGEST) } },
	{ AT("nx.test"), .nxdomain = true },
	{ AT("servfail.test"), .failure = "DNS problem: SERVFAIL looking up TXT" },
	{ AT("bogus.test"), .failure = "DNS problem: DNSSEC", .dnssec = DNSSEC_BOGUS },
	{ AT("busy.test"), .refuse = true },
	{ AT("slow.test"), .delay_ms = 50, .rdata = { TXT_("\x2b" DIGEST) } },
};

enum { NO, YES };

static const struct {
	const char	*rule, *name;
	bool		 ok, transient;
	enum err_kind	 kind;
	const char	*detail;
} rows[] = {
	{ "DNS-01: the digest", "ok.test", YES, NO, ERR_NONE, NULL },
	{ "DNS-02: strings of one record are joined", "split.test", YES, NO, ERR_NONE, NULL },
	{ "DNS-02: any record will do", "several.test", YES, NO, ERR_NONE, NULL },
	{ "DNS-02: strings of several records are not joined (TOP-33)", "halves.test", NO, YES,
	    ERR_INCORRECT_RESPONSE, "Incorrect TXT record \"lCM7c\" (and others)" },
	{ "DNS-04: another case (TOP-33)", "case.test", NO, YES, ERR_INCORRECT_RESPONSE,
	    "\"lcm7czyqxcvhk2" },
	{ "DNS-04: quotes", "quotes.test", NO, YES, ERR_INCORRECT_RESPONSE, "\"\\\"lCM7c" },
	{ "DNS-04: a blank behind it", "blank.test", NO, YES, ERR_INCORRECT_RESPONSE, "KoYM \"" },
	{ "DNS-04: padding", "padded.test", NO, YES, ERR_INCORRECT_RESPONSE, "KoYM=\"" },
	{ "DNS-01: 42 characters of it", "short.test", NO, YES, ERR_INCORRECT_RESPONSE,
	    "knKoY\"" },
	{ "DNS-01: not hashed", "keyauthz.test", NO, YES, ERR_INCORRECT_RESPONSE, "\"evaG" },
	{ "DNS-01: an empty string", "empty.test", NO, YES, ERR_INCORRECT_RESPONSE, "\"\"" },
	{ "SEC-02: what was found is escaped", "hostile.test", NO, YES, ERR_INCORRECT_RESPONSE,
	    "\"<b>\\x0d\\x0a\\x1b[0m\\\"\"" },
	{ "a record that is cut off", "broken.test", NO, YES, ERR_UNAUTHORIZED, "No TXT record" },
	{ "and another beside it", "halfbroken.test", YES, NO, ERR_NONE, NULL },
	{ "DNS-06: NXDOMAIN names the label", "nx.test", NO, YES, ERR_DNS,
	    "NXDOMAIN looking up TXT for _acme-challenge.nx.test" },
	{ "DNS-06: no record names the label", "none.test", NO, YES, ERR_UNAUTHORIZED,
	    "No TXT record found at _acme-challenge.none.test" },
	{ "DNS-06: SERVFAIL", "servfail.test", NO, YES, ERR_DNS, "SERVFAIL" },
	{ "DNS-08: bogus (TOP-33)", "bogus.test", NO, YES, ERR_DNS, "DNSSEC" },
	{ "a slow answer", "slow.test", YES, NO, ERR_NONE, NULL },
	{ "no resolver", "busy.test", NO, YES, ERR_INTERNAL, NULL },
	{ "DNS-11: 253 octets with the label", LONG_LABEL LONG_LABEL LONG_LABEL
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.test", NO, YES, ERR_UNAUTHORIZED, "No TXT" },
	{ "DNS-11: 254 octets with the label", LONG_LABEL LONG_LABEL LONG_LABEL
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.test", NO, NO, ERR_DNS, "254 octets" },
};

static const struct {
	const char	*rule;
	struct view	 rdata;
	const char	*want;		/* NULL: no TXT record */
} parses[] = {
	{ "one string",			TXT_("\3abc"),		"abc" },
	{ "two strings",		TXT_("\3abc\2de"),	"abcde" },
	{ "an empty string",		TXT_("\0"),		"" },
	{ "an empty one between",	TXT_("\1a\0\1b"),	"ab" },
	{ "nothing at all",		TXT_(""),		NULL },
	{ "a string that is cut off",	TXT_("\4abc"),		NULL },
	{ "a length and no string",	TXT_("\3abc\1"),	NULL },
};

struct run {
	struct probe		*probe;
	unsigned		 done;
	bool			 early;
	bool			 starting;
	struct verdict		 verdict;
};

struct setup {
	struct loop	*loop;
	struct conf	 conf;
	struct fakes	 fakes;
	struct prober	 prober;
	struct arena	*arena;
};

static void
on_done(void *arg, const struct verdict *v)
{
	struct run *r = arg;

	r->done++;
	r->early |= r->starting;
	r->verdict = *v;
}

static void
begin(struct setup *s, struct run *r, struct probe_ask *ask)
{
	ask->key_authz = VIEW(KEY_AUTHZ);
	fakes_play(&s->fakes, answers, NITEMS(answers), NULL, 0);
	arena_reset(s->arena);
	*r = (struct run){ .starting = true };
	r->probe = probe_dns01.start(&s->prober, s->arena, ask, on_done, r);
	r->starting = false;
}

static void
run(struct setup *s, struct run *r, struct probe_ask *ask)
{
	int64_t until = mono_ms() + 2000;

	begin(s, r, ask);
	while (r->done == 0 && mono_ms() < until)
		loop_run_once(s->loop, 50);
}

static void
test_rows(struct setup *s)
{
	struct probe_ask ask = { .ident = { .type = IDENT_DNS } };
	const struct verdict *v;
	struct run r;
	size_t i;
	bool ok;

	for (i = 0; i < NITEMS(rows); i++) {
		ask.ident.value = view_of(rows[i].name);
		run(s, &r, &ask);
		v = &r.verdict;
		ok = r.done == 1 && !r.early && v->ok == rows[i].ok &&
		    v->transient == rows[i].transient && v->err.kind == rows[i].kind &&
		    s->fakes.open == 0 && s->fakes.wrong == 0 && view_is(v->adn, rows[i].name);
		if (rows[i].detail != NULL && strstr(v->err.detail, rows[i].detail) == NULL)
			ok = false;
		if (!tap_ok(ok, "%s", rows[i].rule))
			tap_diag("ok %d, transient %d, %s: %s", v->ok, v->transient,
			    err_kind_name(v->err.kind), v->err.detail);
	}
}

static void
test_wildcard(struct setup *s)
{
	struct probe_ask ask = { .ident = { .type = IDENT_DNS, .wildcard = true,
	    .value = VIEW("ok.test") } };
	struct run r;

	run(s, &r, &ask);
	tap_ok(r.verdict.ok && view_is(r.verdict.adn, "ok.test"),
	    "DNS-01, DNS-10: a wildcard's base name");
	tap_ok(r.verdict.dnssec == DNSSEC_SECURE, "DSE-01: the state of the look-up");
	ask.ident = (struct ident){ .type = IDENT_IP, .value = VIEW("192.0.2.1") };
	run(s, &r, &ask);
	tap_ok(!r.verdict.ok && !r.verdict.transient && s->fakes.asked == 0, "not for addresses");
}

static void
test_record(struct setup *s)
{
	struct probe_ask ask = { .ident = { .type = IDENT_DNS, .value = VIEW("several.test") } };
	const struct json *record = NULL;
	struct err err = ERR_INIT;
	int64_t n = 0;
	struct run r;

	run(s, &r, &ask);
	tap_ok(json_parse(s->arena, r.verdict.record, "record", &record, &err) == 0,
	    "HTT-14: the record is JSON");
	tap_is_view(json_str(json_member(record, "name")), VIEW("_acme-challenge.several.test"),
	    "HTT-14: name");
	tap_ok(json_get_int(record, "count", &n, &err) == 1 && n == 3, "HTT-14: count");
	tap_is_view(json_str(json_at(json_member(record, "values"), 1)), VIEW(DIGEST),
	    "HTT-14: values");
}

static void
test_cancel(struct setup *s)
{
	struct probe_ask ask = { .ident = { .type = IDENT_DNS, .value = VIEW("slow.test") } };
	struct run r;
	size_t turns;

	for (turns = 0; turns < 3; turns++) {
		begin(s, &r, &ask);
		for (size_t t = 0; t < turns; t++)
			loop_run_once(s->loop, 10);
		probe_dns01.cancel(r.probe);
		loop_run_once(s->loop, 60);
		tap_ok(r.done == 0 && s->fakes.open == 0 && s->fakes.wrong == 0,
		    "cancel after %zu turns", turns);
	}
}

static void
test_parse(struct arena *arena)
{
	struct view out;
	size_t i;
	int rc;

	for (i = 0; i < NITEMS(parses); i++) {
		rc = txt_parse(arena, parses[i].rdata, &out);
		tap_ok(parses[i].want == NULL ? rc == -1 : rc == 0 && view_is(out, parses[i].want),
		    "TXT: %s", parses[i].rule);
	}
}

int
main(void)
{
	struct setup s = { .conf = { .base_url = "https://ca.example" } };

	s.loop = loop_new();
	s.arena = arena_new();
	fakes_init(&s.fakes, s.loop);
	s.prober = (struct prober){ s.loop, &s.fakes.resolver, &s.fakes.fetcher, NULL,
	    &s.conf };
	test_rows(&s);
	test_wildcard(&s);
	test_record(&s);
	test_cancel(&s);
	test_parse(s.arena);
	fakes_release(&s.fakes);
	arena_free(s.arena);
	loop_free(s.loop);
	return tap_done();
}
