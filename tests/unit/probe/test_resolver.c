/* SPDX-License-Identifier: BSD-2-Clause */
/* libunbound in the loop, against a real DNS server on loopback. */
#include "tap.h"
#include "stage.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "probe/resolver.h"

#define QUESTIONS_MAX	2000
#define MANY_TIMEOUT_MS	6000	/* a busy machine needs seconds for so many */

static const char zone[] =
    "a.test A 127.0.0.1\n"
    "a.test AAAA ::1\n"
    "a.test CAA 0 issue \"ca.example\"\n"
    "two.test A 127.0.0.1\n"
    "two.test A 127.0.0.2\n"
    "strings.test TXT \"abc\" \"def\"\n"
    "chain1.test CNAME chain2.test\n"
    "chain2.test CNAME chain3.test\n"
    "chain3.test CNAME a.test\n"
    "dangling.test CNAME nx.test\n"
    "loop1.test CNAME loop2.test\n"
    "loop2.test CNAME loop1.test\n"
    "self.test CNAME self.test\n"
    "servfail.test * !SERVFAIL\n"
    "refused.test * !REFUSED\n"
    "formerr.test * !FORMERR\n"
    "nx.test * !NXDOMAIN\n"
    "nodata.test * !NODATA\n"
    "*.drop.test * !drop\n"
    "slow.test A !delay 400\n"
    "slow.test A 127.0.0.1\n"
    "tc.test TXT !truncate\n"
    "tc.test TXT \"over TCP\"\n"
    "notcp.test TXT !notcp\n"
    "notcp.test TXT \"never seen\"\n"
    "once.test A !SERVFAIL 2\n"
    "once.test A 127.0.0.1\n"
    "*.many.test A 127.0.0.1\n"
    "_acme-challenge.a.example TXT \"in another special TLD\"\n";

struct answers {
	size_t	 n;		/* callbacks */
	bool	 asking;	/* inside of ask() */
	bool	 early;		/* a callback came from there */
};

struct seen {
	struct answers		*all;
	struct resolver_query	*query;
	bool			 done;
	bool			 failed;
	size_t			 n;
	bool			 nxdomain;
	enum dnssec_state	 dnssec;
	char			 first[64];	/* octets of the first record */
	size_t			 first_n;
	int64_t			 at;
	struct err		 err;
};

static void
on_answer(void *arg, const struct dns_answer *answer, const struct err *err)
{
	struct seen *s = arg;

	if (s->all->asking || s->done)
		s->all->early = true;
	s->done = true;
	s->at = mono_ms();
	s->n = answer->n;
	s->nxdomain = answer->nxdomain;
	s->dnssec = answer->dnssec;
	if (answer->n != 0 && answer->rdata[0].n < sizeof(s->first)) {
		s->first_n = answer->rdata[0].n;
		memcpy(s->first, answer->rdata[0].p, s->first_n);
	}
	if ((s->failed = err != NULL))
		s->err = *err;
	s->all->n++;
}

static void
ask(struct resolver *r, struct answers *all, struct seen *s, const char *name, uint16_t type)
{
	*s = (struct seen){ .all = all };
	all->asking = true;
	s->query = r->ask(r, view_of(name), type, on_answer, s);
	all->asking = false;
	if (s->query == NULL)
		tap_ok(false, "%s was asked", name);
}

static struct resolver *
resolver_of(struct stage *st)
{
	struct resolver *r;
	struct err err = ERR_INIT;

	if (resolver_unbound(st->loop, &st->conf, &r, &err) != 0)
		tap_ok(false, "resolver: %s", err.inner);
	return r;
}

/* One question on a resolver of its own; waits for the answer. */
static struct seen
ask_once(struct stage *st, const char *name, uint16_t type)
{
	struct resolver *r = resolver_of(st);
	struct answers all = { 0 };
	struct seen s;

	ask(r, &all, &s, name, type);
	(void)stage_run(st, &all.n, 1, 10000);
	r->free(r);
	return s;
}

static const struct {
	const char	*rule, *name;
	uint16_t	 type;
	size_t		 n;		/* records */
	bool		 nxdomain;
	const char	*failure;	/* in the detail; NULL: none */
} rows[] = {
	{ "HTT-09: A", "a.test", DNS_TYPE_A, 1, false, NULL },
	{ "HTT-09: AAAA", "a.test", DNS_TYPE_AAAA, 1, false, NULL },
	{ "HTT-09: two A records", "two.test", DNS_TYPE_A, 2, false, NULL },
	{ "a name with a dot behind", "a.test.", DNS_TYPE_A, 1, false, NULL },
	{ "names have no case", "A.TeSt", DNS_TYPE_A, 1, false, NULL },
	{ "CAA-01: CAA", "a.test", DNS_TYPE_CAA, 1, false, NULL },
	{ "CAA-01: a TLD may be asked", "test", DNS_TYPE_CAA, 0, false, NULL },
	{ "DNS-01: TXT", "strings.test", DNS_TYPE_TXT, 1, false, NULL },
	{ "special-use names are asked when conf says so", "_acme-challenge.a.example",
	    DNS_TYPE_TXT, 1, false, NULL },
	{ "DNS-03: a CNAME chain is followed", "chain1.test", DNS_TYPE_A, 1, false, NULL },
	{ "CAA-02: for CAA too (TOP-37)", "chain1.test", DNS_TYPE_CAA, 1, false, NULL },
	{ "a CNAME to no name", "dangling.test", DNS_TYPE_A, 0, true, NULL },
	{ "DNS-03: a CNAME loop fails (TOP-33)", "loop1.test", DNS_TYPE_TXT, 0, false,
	    "SERVFAIL looking up TXT for loop1.test" },
	{ "DNS-03: a CNAME to itself fails (TOP-33)", "self.test", DNS_TYPE_TXT, 0, false,
	    "SERVFAIL looking up TXT for self.test" },
	{ "DNS-06: NXDOMAIN", "nx.test", DNS_TYPE_TXT, 0, true, NULL },
	{ "DNS-06: no such type", "nodata.test", DNS_TYPE_TXT, 0, false, NULL },
	{ "a name that is not in the zone", "absent.test", DNS_TYPE_A, 0, false, NULL },
	{ "DNS-06: SERVFAIL names the question (DSE-03)", "servfail.test", DNS_TYPE_CAA, 0,
	    false, "DNS problem: SERVFAIL looking up CAA for servfail.test" },
	{ "REFUSED is a failure", "refused.test", DNS_TYPE_A, 0, false,
	    "looking up A for refused.test" },
	{ "FORMERR is a failure", "formerr.test", DNS_TYPE_A, 0, false,
	    "looking up A for formerr.test" },
	{ "DNS-07: TC leads to TCP", "tc.test", DNS_TYPE_TXT, 1, false, NULL },
	{ "TOP-33: 40 TXT records", "forty.test", DNS_TYPE_TXT, 40, false, NULL },
	{ "DNS-07: TC without TCP is a failure (BLD-14)", "notcp.test", DNS_TYPE_TXT, 0, false,
	    "SERVFAIL looking up TXT for notcp.test" },
	{ "a slow server is waited for", "slow.test", DNS_TYPE_A, 1, false, NULL },
	{ "silence ends in time", "x.drop.test", DNS_TYPE_A, 0, false,
	    "DNS problem: query timed out looking up A for x.drop.test" },
	{ "an empty label", "a..test", DNS_TYPE_A, 0, false, "looking up A for a..test" },
	{ "an empty name", "", DNS_TYPE_A, 0, false, "not a domain name" },
	{ "a blank", "a b.test", DNS_TYPE_A, 0, false, "not a domain name" },
	{ "an escape", "a\\.test", DNS_TYPE_A, 0, false, "not a domain name" },
	{ "a label of 64 octets",
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.test", DNS_TYPE_A, 0,
	    false, "looking up A for" },
};

/* All rows at once: none waits for another. */
static void
test_rows(struct stage *st)
{
	struct resolver *r = resolver_of(st);
	struct seen seen[NITEMS(rows)];
	struct answers all = { 0 };
	int64_t began = mono_ms();
	bool ok;
	size_t i;

	for (i = 0; i < NITEMS(rows); i++)
		ask(r, &all, &seen[i], rows[i].name, rows[i].type);
	tap_ok(stage_run(st, &all.n, NITEMS(rows), 10000), "every question is answered");
	tap_ok(!all.early, "never from inside of ask(), and once only");
	for (i = 0; i < NITEMS(rows); i++) {
		ok = seen[i].done && seen[i].n == rows[i].n &&
		    seen[i].nxdomain == rows[i].nxdomain &&
		    seen[i].failed == (rows[i].failure != NULL) &&
		    seen[i].dnssec == DNSSEC_INDETERMINATE &&
		    (!seen[i].failed || (seen[i].err.kind == ERR_DNS &&
		    strstr(seen[i].err.detail, rows[i].failure) != NULL));
		if (!tap_ok(ok, "%s", rows[i].rule))
			tap_diag("%zu records, nxdomain %d, %s", seen[i].n, seen[i].nxdomain,
			    seen[i].failed ? seen[i].err.detail : "no error");
	}
	tap_ok(mono_ms() - began < st->conf.dns_timeout_ms + 1500,
	    "all within dns_timeout_ms");
	r->free(r);
}

static void
test_contents(struct stage *st)
{
	struct seen s = ask_once(st, "strings.test", DNS_TYPE_TXT);

	tap_is_view(view_from(s.first, s.first_n), VIEW("\3abc\3def"),
	    "DNS-02: records come in wire format");
	s = ask_once(st, "chain1.test", DNS_TYPE_A);
	tap_is_view(view_from(s.first, s.first_n), VIEW("\x7f\0\0\x01"),
	    "DNS-03: of the end of the chain");
}

/* The name changes, and nothing is asked that was not to be. */
static void
test_cache(struct stage *st)
{
	struct resolver *r = resolver_of(st);
	struct answers all = { 0 };
	struct seen s;

	ask(r, &all, &s, "once.test", DNS_TYPE_A);
	(void)stage_run(st, &all.n, 1, 5000);
	tap_ok(s.failed, "DNS-05: a failure");
	ask(r, &all, &s, "once.test", DNS_TYPE_A);
	(void)stage_run(st, &all.n, 2, 5000);
	tap_ok(s.done && !s.failed && s.n == 1, "DNS-05: is not remembered");
	ask(r, &all, &s, "new.test", DNS_TYPE_TXT);
	(void)stage_run(st, &all.n, 3, 5000);
	tap_ok(s.done && !s.failed && s.n == 0, "DNS-05: no record");
	stage_write(st->dns_zone, "new.test TXT now\n");
	ask(r, &all, &s, "new.test", DNS_TYPE_TXT);
	(void)stage_run(st, &all.n, 4, 5000);
	tap_ok(s.n == 1, "DNS-05: is not remembered either");
	stage_write(st->dns_zone, "new.test TXT now\nnew.test TXT then\n");
	ask(r, &all, &s, "new.test", DNS_TYPE_TXT);
	(void)stage_run(st, &all.n, 5, 5000);
	tap_ok(s.n == 2, "DNS-05: nor is a record");
	r->free(r);
	st->conf.dns_cache_ttl = 60;
	r = resolver_of(st);
	ask(r, &all, &s, "new.test", DNS_TYPE_TXT);
	(void)stage_run(st, &all.n, 6, 5000);
	stage_write(st->dns_zone, "new.test TXT now\n");
	ask(r, &all, &s, "new.test", DNS_TYPE_TXT);
	(void)stage_run(st, &all.n, 7, 5000);
	tap_ok(s.n == 2, "with dns_cache_ttl it is, for so long");
	r->free(r);
	st->conf.dns_cache_ttl = 0;
}

static void
test_cancel(struct stage *st)
{
	struct resolver *r = resolver_of(st);
	struct answers all = { 0 };
	struct seen s[4];

	ask(r, &all, &s[0], "a.test", DNS_TYPE_A);
	r->cancel(r, s[0].query);
	ask(r, &all, &s[1], "no name", DNS_TYPE_A);
	r->cancel(r, s[1].query);
	ask(r, &all, &s[2], "x.drop.test", DNS_TYPE_A);
	ask(r, &all, &s[3], "a.test", DNS_TYPE_A);
	(void)stage_run(st, &all.n, 1, 5000);
	r->cancel(r, s[2].query);
	(void)stage_run(st, &all.n, 2, 300);
	tap_ok(s[3].done, "cancel: others are answered");
	tap_ok(!s[0].done && !s[1].done && !s[2].done,
	    "cancel: at once, before it fails, and on the way");
	ask(r, &all, &s[0], "x.drop.test", DNS_TYPE_A);
	ask(r, &all, &s[1], "a.test", DNS_TYPE_A);
	r->free(r);
	(void)stage_run(st, &all.n, 2, 200);
	tap_ok(all.n == 1, "free: what is under way is forgotten");
}

static void
test_dnssec(struct stage *st, const char *anchor)
{
	static const struct {
		const char		*rule, *name;
		uint16_t		 type;
		enum dnssec_state	 state;
		size_t			 n;
	} cases[] = {
		{ "signed records", "secure.test", DNS_TYPE_TXT, DNSSEC_SECURE, 1 },
		{ "two of one set", "_acme-challenge.secure.test", DNS_TYPE_TXT, DNSSEC_SECURE,
		    2 },
		{ "proven absence", "secure.test", DNS_TYPE_CAA, DNSSEC_SECURE, 0 },
		{ "outside of the anchors", "a.test", DNS_TYPE_A, DNSSEC_INSECURE, 1 },
		{ "a forged record (TOP-33)", "forged.secure.test", DNS_TYPE_TXT, DNSSEC_BOGUS,
		    0 },
		{ "a signature is missing", "unsigned.secure.test", DNS_TYPE_TXT, DNSSEC_BOGUS,
		    0 },
		{ "absence is not proven", "absent.secure.test", DNS_TYPE_CAA, DNSSEC_BOGUS, 0 },
	};
	struct seen s;
	size_t i;
	bool ok;

	st->conf.trust_anchor = anchor;
	for (i = 0; i < NITEMS(cases); i++) {
		s = ask_once(st, cases[i].name, cases[i].type);
		ok = s.done && s.dnssec == cases[i].state && s.n == cases[i].n &&
		    s.failed == (cases[i].state == DNSSEC_BOGUS) &&
		    (!s.failed || strstr(s.err.detail, "DNSSEC validation failed") != NULL);
		if (!tap_ok(ok, "DSE-01, DNS-08: %s", cases[i].rule))
			tap_diag("%s, %zu records, %s", dnssec_state_name(s.dnssec), s.n,
			    s.failed ? s.err.detail : "no error");
	}
	st->conf.trust_anchor = "";
	s = ask_once(st, "secure.test", DNS_TYPE_TXT);
	tap_ok(s.dnssec == DNSSEC_INDETERMINATE, "DSE-05: without anchors nothing is known");
}

/* A setting that is wrong stops the start, not the first validation. */
static void
test_settings(struct stage *st)
{
	static const struct {
		const char	*rule;
		const char	*resolver, *hints, *anchor;
		bool		 ok;
	} cases[] = {
		{ "an IPv4 forwarder", "192.0.2.1", "", "", true },
		{ "an IPv6 forwarder with port", "2001:db8::1@5353", "", "", true },
		{ "a host name is no forwarder", "dns.example", "", "", false },
		{ "a port over 65535", "192.0.2.1@65536", "", "", false },
		{ "a port that is no number", "192.0.2.1@domain", "", "", false },
		{ "no port behind @", "192.0.2.1@", "", "", false },
		{ "a second line", "192.0.2.1\nforward-tls-upstream: yes", "", "", false },
		{ "root hints that are not there", NULL, "/nonexistent/hints", "", false },
		{ "a trust anchor that is not there", "192.0.2.1", "", "/nonexistent/key", false },
	};
	struct conf conf;
	struct resolver *r;
	struct err err;
	bool ok;
	size_t i;

	for (i = 0; i < NITEMS(cases); i++) {
		conf = st->conf;
		conf.resolver.v = (const char **)(uintptr_t)&cases[i].resolver;
		conf.resolver.n = cases[i].resolver != NULL;
		conf.root_hints = cases[i].hints;
		conf.trust_anchor = cases[i].anchor;
		err_clear(&err);
		ok = resolver_unbound(st->loop, &conf, &r, &err) == 0;
		tap_ok(ok == cases[i].ok && (ok || (r == NULL && err.kind == ERR_INTERNAL &&
		    err.inner[0] != '\0')), "conf: %s", cases[i].rule);
		if (r != NULL)
			r->free(r);
	}
}

/* Without forwarders; no root server is there, and none on loopback would be asked. */
static void
test_recursion(struct stage *st)
{
	const size_t forwarders = st->conf.resolver.n;
	struct seen s;

	stage_write(st->http_rules, ". NS ns.root.test.\nns.root.test. A 127.0.0.1\n");
	st->conf.resolver.n = 0;
	st->conf.root_hints = st->http_rules;
	st->conf.allow_special_addresses = false;
	s = ask_once(st, "a.test", DNS_TYPE_A);
	tap_ok(s.done && s.failed && s.err.kind == ERR_DNS,
	    "SEC-01: no name server on loopback is asked");
	st->conf.allow_special_addresses = true;
	st->conf.root_hints = "";
	st->conf.resolver.n = forwarders;
}

static void
test_special_names(struct stage *st)
{
	struct seen s;

	st->conf.allow_special_names = false;
	s = ask_once(st, "unasked.test", DNS_TYPE_A);
	tap_ok(s.done && s.nxdomain && stage_count(st->dns_log, "unasked.test") == 0,
	    "special-use names are not asked unless conf says so");
	st->conf.allow_special_names = true;
}

static void
test_dead_forwarder(struct stage *st)
{
	const char *dead[] = { "127.0.0.1@9" };
	const char **live = st->conf.resolver.v;
	int64_t began = mono_ms();
	struct seen s;

	st->conf.resolver.v = dead;
	s = ask_once(st, "a.test", DNS_TYPE_A);
	tap_ok(s.done && s.failed && s.err.kind == ERR_DNS &&
	    mono_ms() - began < st->conf.dns_timeout_ms + 1500,
	    "a forwarder that is not there is an error in time");
	st->conf.resolver.v = live;
}

/* Half of them get no answer, which delays nobody else. */
static void
test_many(struct stage *st)
{
	static struct seen seen[QUESTIONS_MAX];
	int64_t began = mono_ms(), slowest = 0, timeout = st->conf.dns_timeout_ms;
	struct answers all = { 0 };
	struct resolver *r;
	size_t i, good = 0;
	char name[64];

	st->conf.dns_timeout_ms = MANY_TIMEOUT_MS;
	r = resolver_of(st);
	for (i = 0; i < QUESTIONS_MAX; i++) {
		(void)snprintf(name, sizeof(name), "n%zu.%s.test", i,
		    i % 2 == 0 ? "drop" : "many");
		ask(r, &all, &seen[i], name, DNS_TYPE_A);
	}
	tap_ok(stage_run(st, &all.n, QUESTIONS_MAX, MANY_TIMEOUT_MS + 4000),
	    "2,000 questions at once, half of them into the void, end in time");
	for (i = 1; i < QUESTIONS_MAX; i += 2) {
		good += seen[i].done && !seen[i].failed;
		if (seen[i].at - began > slowest)
			slowest = seen[i].at - began;
	}
	tap_is_int((int64_t)good, QUESTIONS_MAX / 2, "the other half is answered");
	tap_ok(slowest < MANY_TIMEOUT_MS, "and not delayed");
	tap_diag("the slowest of them took %lld ms", (long long)slowest);
	r->free(r);
	st->conf.dns_timeout_ms = timeout;
}

int
main(void)
{
	const char *srcdir = getenv("srcdir");
	char anchor[PATH_SIZE], path[PATH_SIZE];
	struct buf b = BUF_INIT(65536);
	struct arena *a = arena_new();
	struct err err = ERR_INIT;
	struct view signed_zone;
	struct stage st;
	int i;

	stage_open(&st, 120);
	(void)snprintf(anchor, sizeof(anchor), "%s/tests/unit/probe/signed.anchor",
	    srcdir != NULL ? srcdir : ".");
	(void)snprintf(path, sizeof(path), "%s/tests/unit/probe/signed.zone",
	    srcdir != NULL ? srcdir : ".");
	if (conf_read_file(a, path, 65536, &signed_zone, &err) != 0)
		tap_ok(false, "%s", err.detail);
	buf_str(&b, zone);
	for (i = 0; i < 40; i++)
		buf_printf(&b, "forty.test TXT \"%050d\"\n", i);
	buf_put(&b, signed_zone);
	stage_dns(&st, b.p);
	test_rows(&st);
	test_contents(&st);
	test_cancel(&st);
	test_dnssec(&st, anchor);
	test_settings(&st);
	test_special_names(&st);
	test_dead_forwarder(&st);
	test_recursion(&st);
	test_many(&st);
	test_cache(&st);
	stage_close(&st);
	buf_release(&b);
	arena_free(a);
	return tap_done();
}
