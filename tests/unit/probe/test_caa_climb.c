/* SPDX-License-Identifier: BSD-2-Clause */
/* The CAA climb against a resolver that plays from a table. */
#include "tap.h"
#include "fakes.h"

#include "base/clock.h"
#include "probe/caa.h"
#include "wire/json.h"

#define AT(host)	.name = host, .type = DNS_TYPE_CAA
#define RR(octets)	{ octets, sizeof(octets) - 1 }
#define OURS		.rdata = { RR("\0\5issueca.example") }
#define FAILS		.failure = "DNS problem: SERVFAIL looking up CAA"

static const struct fake_answer answers[] = {
	{ AT("own.example.com"), OURS, .dnssec = DNSSEC_SECURE },
	{ AT("two.example.com"), .rdata = { RR("\0\5issue;"), RR("\200\3tbsx") } },
	{ AT("nx.example.com"), .nxdomain = true },
	{ AT("example.com"), OURS, .dnssec = DNSSEC_SECURE },
	{ AT("tld"), OURS },
	{ AT("broken.example.net"), .rdata = { RR("\0\5issueca.example"), RR("\0\11issue") } },
	{ AT("allbroken.example.net"), .rdata = { RR("\0") } },
	{ AT("fails.example.net"), FAILS },
	{ AT("once.example.net"), FAILS, .times = 1 },
	{ AT("once.example.net"), OURS },
	{ AT("fails.example.org"), FAILS },
	{ AT("below.fails.example.org"), OURS },
	{ AT("slow.example.org"), .delay_ms = 40 },
	{ AT("bogus.example.org"), FAILS, .dnssec = DNSSEC_BOGUS },
	{ AT("secure.invalid"), .dnssec = DNSSEC_SECURE },
	{ AT("www.secure.invalid"), .dnssec = DNSSEC_SECURE },
	{ AT("invalid"), .dnssec = DNSSEC_SECURE },
	{ AT("half.invalid"), .dnssec = DNSSEC_INDETERMINATE },
	{ AT("hang.example.org"), .hang = true },
	{ AT("busy.example.org"), .refuse = true },
	{ AT("above.hang"), OURS },
	{ AT("hang"), .hang = true },
};

enum { NO, YES };

static const struct {
	const char		*rule, *name, *found;
	size_t			 n;
	bool			 broken;
	enum err_kind		 err;
	size_t			 most;		/* questions, second tries included */
	enum dnssec_state	 dnssec;
} rows[] = {
	{ "CAA-01: at the name itself", "own.example.com", "own.example.com", 1, NO, ERR_NONE, 3,
	    DNSSEC_SECURE },
	{ "CAA-01: the lowest set counts alone", "two.example.com", "two.example.com", 2, NO,
	    ERR_NONE, 3, DNSSEC_INDETERMINATE },
	{ "CAA-01: at the parent (TOP-37)", "www.example.com", "example.com", 1, NO, ERR_NONE, 3,
	    DNSSEC_INSECURE },
	{ "CAA-01: above a name that does not exist", "nx.example.com", "example.com", 1, NO,
	    ERR_NONE, 3, DNSSEC_INDETERMINATE },
	{ "CAA-01: at the TLD", "a.b.tld", "tld", 1, NO, ERR_NONE, 3, DNSSEC_INDETERMINATE },
	{ "CAA-01: nowhere, and the root is not asked", "a.b.c.example.edu", "", 0, NO,
	    ERR_NONE, 5, DNSSEC_INSECURE },
	{ "CAA-01: one label", "tld", "tld", 1, NO, ERR_NONE, 1, DNSSEC_INDETERMINATE },
	{ "CAA-01: ten labels", "a.b.c.d.e.f.g.h.example.com", "example.com", 1, NO, ERR_NONE, 10,
	    DNSSEC_INSECURE },
	{ "CAA-05: a record that cannot be parsed", "broken.example.net", "broken.example.net",
	    1, YES, ERR_NONE, 3, DNSSEC_INDETERMINATE },
	{ "CAA-05: the set is not passed over for it", "allbroken.example.net",
	    "allbroken.example.net", 0, YES, ERR_NONE, 3, DNSSEC_INDETERMINATE },
	{ "CAA-10: SERVFAIL twice (TOP-37)", "fails.example.net", "", 0, NO, ERR_DNS, 4,
	    DNSSEC_INDETERMINATE },
	{ "CAA-10: SERVFAIL once", "once.example.net", "once.example.net", 1, NO, ERR_NONE, 4,
	    DNSSEC_INDETERMINATE },
	{ "CAA-10: SERVFAIL above, nothing below", "www.fails.example.org", "", 0, NO, ERR_DNS, 5,
	    DNSSEC_INDETERMINATE },
	{ "CAA-10: SERVFAIL above a set does not matter", "below.fails.example.org",
	    "below.fails.example.org", 1, NO, ERR_NONE, 4, DNSSEC_INDETERMINATE },
	{ "DSE-03: bogus is no permission", "bogus.example.org", "", 0, NO, ERR_DNS, 4,
	    DNSSEC_BOGUS },
	{ "DSE-01: all secure", "www.secure.invalid", "", 0, NO, ERR_NONE, 3, DNSSEC_SECURE },
	{ "DSE-01: one is not", "half.invalid", "", 0, NO, ERR_NONE, 2, DNSSEC_INDETERMINATE },
	{ "a set is not delayed by what hangs above it", "above.hang", "above.hang", 1, NO,
	    ERR_NONE, 2, DNSSEC_INDETERMINATE },
	{ "a slow answer", "slow.example.org", "", 0, NO, ERR_NONE, 3, DNSSEC_INDETERMINATE },
	{ "no resolver", "busy.example.org", "", 0, NO, ERR_INTERNAL, 1, DNSSEC_INDETERMINATE },
};

struct run {
	struct caa_query	*query;
	unsigned		 done;
	bool			 early;
	bool			 starting;
	struct caa_climb	 climb;
};

struct setup {
	struct loop	*loop;
	struct conf	 conf;
	struct fakes	 fakes;
	struct prober	 prober;
	struct arena	*arena;
};

static void
on_done(void *arg, const struct caa_climb *climb)
{
	struct run *r = arg;

	r->done++;
	r->early |= r->starting;
	r->climb = *climb;
}

static void
begin(struct setup *s, struct run *r, const char *name)
{
	fakes_play(&s->fakes, answers, NITEMS(answers), NULL, 0);
	arena_reset(s->arena);
	*r = (struct run){ .starting = true };
	r->query = caa_start(&s->prober, s->arena, view_of(name), on_done, r);
	r->starting = false;
}

static void
run(struct setup *s, struct run *r, const char *name)
{
	int64_t until = mono_ms() + 3000;

	begin(s, r, name);
	while (r->done == 0 && mono_ms() < until)
		loop_run_once(s->loop, 50);
}

static void
test_rows(struct setup *s)
{
	const struct caa_climb *c;
	struct run r;
	size_t i;
	bool ok;

	for (i = 0; i < NITEMS(rows); i++) {
		run(s, &r, rows[i].name);
		c = &r.climb;
		ok = r.done == 1 && !r.early && view_is(c->set.found, rows[i].found) &&
		    c->set.n == rows[i].n && c->set.broken == rows[i].broken &&
		    c->err.kind == rows[i].err && c->dnssec == rows[i].dnssec &&
		    s->fakes.asked <= rows[i].most && s->fakes.open == 0 && s->fakes.wrong == 0;
		if (!tap_ok(ok, "%s", rows[i].rule))
			tap_diag("found \"%.*s\", %zu records, broken %d, %s, %s, %zu asked",
			    VIEW_ARG(c->set.found), c->set.n, c->set.broken, c->err.detail,
			    dnssec_state_name(c->dnssec), s->fakes.asked);
	}
}

static void
test_contents(struct setup *s)
{
	struct run r;

	run(s, &r, "two.example.com");
	tap_is_view(r.climb.set.rrs[0].value, VIEW(";"), "the records are handed on: value");
	tap_is_view(r.climb.set.rrs[1].tag, VIEW("tbs"), "tag");
	tap_is_int(r.climb.set.rrs[1].flags, CAA_FLAG_CRITICAL, "flags");
}

static void
test_record(struct setup *s)
{
	const struct json *record = NULL, *questions;
	struct err err = ERR_INIT;
	int64_t n = -1;
	struct run r;

	run(s, &r, "www.example.com");
	tap_ok(json_parse(s->arena, r.climb.record, "record", &record, &err) == 0,
	    "HTT-14: the record is JSON");
	questions = json_member(record, "questions");
	tap_is_int((int64_t)json_len(questions), 2, "HTT-14: what counted was asked");
	tap_is_view(json_str(json_member(json_at(questions, 1), "name")), VIEW("example.com"),
	    "HTT-14: names");
	tap_ok(json_get_int(json_at(questions, 1), "records", &n, &err) == 1 && n == 1,
	    "HTT-14: numbers of records");
	tap_is_view(json_str(json_member(record, "found")), VIEW("example.com"), "HTT-14: found");
	run(s, &r, "fails.example.net");
	tap_is_int((int64_t)s->fakes.asked, 4, "CAA-10: what fails is asked once more");
	if (json_parse(s->arena, r.climb.record, "record", &record, &err) != 0)
		tap_ok(false, "%s", err.detail);
	tap_ok(view_icontains(json_str(json_member(json_at(json_member(record, "questions"), 0),
	    "error")), VIEW("SERVFAIL")), "HTT-14: error");
}

static void
test_cancel(struct setup *s)
{
	static const char *const names[] = { "www.example.com", "hang.example.org",
	    "slow.example.org", "fails.example.net" };
	size_t i, turns, late = 0, left = 0;
	struct run r;

	for (i = 0; i < NITEMS(names); i++)
		for (turns = 0; turns < 3; turns++) {
			begin(s, &r, names[i]);
			for (size_t t = 0; t < turns && r.done == 0; t++)
				loop_run_once(s->loop, 10);
			if (r.done != 0)
				continue;
			caa_cancel(r.query);
			left += s->fakes.open + s->fakes.wrong;
			loop_run_once(s->loop, 1);
			late += r.done;
		}
	tap_ok(left == 0 && late == 0,
	    "cancel: before it asks, while it waits, between two tries");
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
	test_contents(&s);
	test_record(&s);
	test_cancel(&s);
	fakes_release(&s.fakes);
	arena_free(s.arena);
	loop_free(s.loop);
	return tap_done();
}
