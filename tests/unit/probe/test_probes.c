/* SPDX-License-Identifier: BSD-2-Clause */
/* Whole probes against real servers on loopback: the hostile ones, and thousands at once. */
#include "tap.h"
#include "stage.h"

#include "base/buf.h"
#include "base/clock.h"
#include "probe/caa.h"

#define SWARM		2000
#define SLACK_MS	tap_ms(3000)	/* for a busy machine */
#define TOKEN		"evaGxfADs6pSRb2LAv9IZf17Dt3juxGJ-PCt92wr-oA"
#define KEY_AUTHZ	TOKEN ".9jg46WB3rR_AHD-EBXdN7cBkH1WOu0tA3M9fm21mqTI"
#define DIGEST		"lCM7cZyQXcVHK2nnW3jjAhNT3Fvm18UN-kWZZknKoYM"
#define UP(host)	"_acme-challenge." host " TXT "

static const char zone[] =
    "*.web.test A 127.0.0.1\n"
    "*.dead.test * !drop\n"
    "metadata.test A 169.254.169.254\n"
    "private.test A 10.0.0.1\n"
    "private.test AAAA fd00::1\n"
    "servfail.test * !SERVFAIL\n"
    "loop.test CNAME loop2.test\n"
    "loop2.test CNAME loop.test\n"
    UP("ok.test") DIGEST "\n"
    UP("case.test") "lcm7czyqxcvhk2nnw3jjahnt3fvm18un-kwzzknkoym\n"
    UP("split.test") "\"lCM7c\" \"ZyQXcVHK2nnW3jjAhNT3Fvm18UN-kWZZknKoYM\"\n"
    UP("halves.test") "lCM7c\n"
    UP("halves.test") "ZyQXcVHK2nnW3jjAhNT3Fvm18UN-kWZZknKoYM\n"
    "_acme-challenge.away.test CNAME _acme-challenge.ok.test\n"
    "_acme-challenge.loop.test CNAME _acme-challenge.loop.test\n"
    "_acme-challenge.servfail.test * !SERVFAIL\n"
    "_acme-challenge.nx.test * !NXDOMAIN\n"
    "_acme-challenge.silent.test * !drop\n"
    "forbid.caa.test CAA 0 issue \";\"\n"
    "unknown.caa.test CAA 128 tbs Unknown\n"
    "wild.caa.test CAA 0 issuewild \";\"\n"
    "twice.caa.test CAA 0 issue \"ca.example; accounturi=https://ca.example/a; "
    "accounturi=https://ca.example/a\"\n"
    "method.caa.test CAA 0 issue \"ca.example; validationmethods=dns-01\"\n"
    "parent.caa.test CAA 0 issue other.example\n"
    "alias.caa.test CNAME target.away.test\n"
    "target.away.test CAA 0 issue other.example\n"
    "away.test CAA 0 issue ca.example\n"
    "climbs.alias2.test CNAME nocaa.away.test\n"
    "servfail.caa.test CAA !SERVFAIL\n"
    "once.caa.test CAA !SERVFAIL 2\n"
    "silent.caa.test CAA !drop\n"
    "ours.caa.test CAA 0 issue ca.example\n"
    "broken.caa.test TYPE257 0005697373\n";

static const char rules[] =
    "* /.well-known/acme-challenge/good body \"" KEY_AUTHZ "\\n\"\n"
    "* /.well-known/acme-challenge/hang hang\n"
    "* /.well-known/acme-challenge/endless endless\n"
    "* /.well-known/acme-challenge/drip drip 50\n"
    "* /.well-known/acme-challenge/dripheaders drip-headers 20\n"
    "* /.well-known/acme-challenge/hangbody hang-body\n"
    "* /.well-known/acme-challenge/to169 redirect 302 http://169.254.169.254/latest/\n"
    "* /.well-known/acme-challenge/tometadata redirect 302 http://metadata.test/latest/\n"
    "* /.well-known/acme-challenge/toprivate redirect 302 http://private.test/\n"
    "* /.well-known/acme-challenge/tolocalhost redirect 302 http://localhost/\n"
    "* /.well-known/acme-challenge/to8080 redirect 302 http://a.web.test:8080/\n"
    "* /.well-known/acme-challenge/toftp redirect 302 ftp://a.web.test/\n"
    "* /.well-known/acme-challenge/303 redirect 303 /.well-known/acme-challenge/good\n"
    "* /.well-known/acme-challenge/tohttps redirect 301 https://b.web.test/final\n"
    "* /final body \"" KEY_AUTHZ "\"\n"
    "* /.well-known/acme-challenge/self redirect 302 {path}\n"
    "* /.well-known/acme-challenge/wrong body nonsense\n";

struct stagehands {
	struct stage		*stage;
	struct prober		 prober;
	size_t			 done;
};

struct run {
	struct stagehands	*hands;
	struct arena		*arena;
	struct probe_ask	 ask;
	struct probe		*probe;
	bool			 over;
	int64_t			 began, at;
	struct verdict		 verdict;
	struct caa_climb	 climb;
};

enum { NO, YES };

static const struct {
	const char	*token;
	bool		 ok, transient;
	enum err_kind	 kind;
	const char	*detail;
} http_rows[] = {
	{ "good", YES, NO, ERR_NONE, NULL },
	{ "tohttps", YES, NO, ERR_NONE, NULL },
	{ "wrong", NO, NO, ERR_INCORRECT_RESPONSE, "nonsense" },
	{ "missing", NO, NO, ERR_UNAUTHORIZED, "404" },
	{ "to169", NO, NO, ERR_CONNECTION, "IP address" },
	{ "tometadata", NO, NO, ERR_CONNECTION, "169.254.169.254, which is not public" },
	{ "toprivate", NO, NO, ERR_CONNECTION, "which is not public" },
	{ "tolocalhost", NO, NO, ERR_CONNECTION, "localhost" },
	{ "to8080", NO, NO, ERR_CONNECTION, "port 8080" },
	{ "toftp", NO, NO, ERR_CONNECTION, "scheme" },
	{ "303", NO, NO, ERR_UNAUTHORIZED, "303" },
	{ "11hops", NO, NO, ERR_CONNECTION, "More than 10 redirects" },
	{ "self", NO, NO, ERR_CONNECTION, "loop" },
	{ "endless", NO, NO, ERR_UNAUTHORIZED, "longer than 512" },
	{ "drip", NO, YES, ERR_CONNECTION, "Timeout after connect" },
	{ "dripheaders", NO, YES, ERR_CONNECTION, "Timeout after connect" },
	{ "hang", NO, YES, ERR_CONNECTION, "Timeout after connect" },
	{ "hangbody", NO, YES, ERR_CONNECTION, "Timeout after connect" },
};

static const struct {
	const char	*rule, *name;
	bool		 ok, transient;
	enum err_kind	 kind;
} dns_rows[] = {
	{ "DNS-01: the digest", "ok.test", YES, NO, ERR_NONE },
	{ "DNS-02: two strings of one record", "split.test", YES, NO, ERR_NONE },
	{ "DNS-03: behind a CNAME", "away.test", YES, NO, ERR_NONE },
	{ "the right one among 40", "forty.test", YES, NO, ERR_NONE },
	{ "at wrong case", "case.test", NO, YES, ERR_INCORRECT_RESPONSE },
	{ "split in several RRs", "halves.test", NO, YES, ERR_INCORRECT_RESPONSE },
	{ "a CNAME loop", "loop.test", NO, YES, ERR_DNS },
	{ "DNS-06: SERVFAIL", "servfail.test", NO, YES, ERR_DNS },
	{ "DNS-06: NXDOMAIN", "nx.test", NO, YES, ERR_DNS },
	{ "DNS-06: nothing", "nothing.test", NO, YES, ERR_UNAUTHORIZED },
	{ "silence", "silent.test", NO, YES, ERR_DNS },
};

static const struct {
	const char	*rule, *name;
	bool		 wildcard, allow;
	const char	*why;		/* of a denial: the detail, or the error of the climb */
} caa_rows[] = {
	{ "issue \";\"", "forbid.caa.test", NO, NO, "forbids all" },
	{ "critical unknown", "unknown.caa.test", NO, NO, "unknown critical" },
	{ "issuewild only, a name", "wild.caa.test", NO, YES, NULL },
	{ "issuewild only, a wildcard", "wild.caa.test", YES, NO, "forbids all" },
	{ "accounturi twice", "twice.caa.test", NO, NO, "twice" },
	{ "validationmethods other", "method.caa.test", NO, NO, "validationmethods" },
	{ "parent-level record", "a.b.parent.caa.test", NO, NO, "set of parent.caa.test" },
	{ "CNAME target", "alias.caa.test", NO, NO, "set of alias.caa.test" },
	{ "CAA-02: no climbing above the target", "climbs.alias2.test", NO, YES, NULL },
	{ "SERVFAIL", "servfail.caa.test", NO, NO,
	    "SERVFAIL looking up CAA for servfail.caa.test" },
	{ "SERVFAIL of the parent", "a.servfail.caa.test", NO, NO, "SERVFAIL" },
	{ "CAA-10: SERVFAIL that passes", "once.caa.test", NO, YES, NULL },
	{ "insecure timeout", "silent.caa.test", NO, NO, "looking up CAA for silent.caa.test" },
	{ "ours", "ours.caa.test", NO, YES, NULL },
	{ "nothing", "free.caa.test", NO, YES, NULL },
	{ "CAA-05: a record that cannot be parsed", "broken.caa.test", NO, NO,
	    "cannot be parsed" },
};

static void
on_verdict(void *arg, const struct verdict *v)
{
	struct run *r = arg;

	r->over = true;
	r->at = mono_ms();
	r->verdict = *v;
	r->hands->done++;
}

static void
on_climb(void *arg, const struct caa_climb *c)
{
	struct run *r = arg;

	r->over = true;
	r->at = mono_ms();
	r->climb = *c;
	r->hands->done++;
}

static void
run_init(struct run *r, struct stagehands *h, const char *name, const char *token)
{
	*r = (struct run){ .hands = h, .arena = arena_new(), .began = mono_ms() };
	r->ask.ident.type = IDENT_DNS;
	r->ask.ident.value = arena_view(r->arena, view_of(name));
	r->ask.token = view_of(token);
	r->ask.key_authz = VIEW(KEY_AUTHZ);
}

static void
run_start(struct run *r, const struct probe_method *method)
{
	r->probe = method->start(&r->hands->prober, r->arena, &r->ask, on_verdict, r);
}

static void
start_http(struct stagehands *h, struct run *runs)
{
	char name[64];
	size_t i;

	for (i = 0; i < NITEMS(http_rows); i++) {
		(void)snprintf(name, sizeof(name), "n%zu.web.test", i);
		run_init(&runs[i], h, name, http_rows[i].token);
		run_start(&runs[i], &probe_http01);
	}
}

static void
check_http(struct stagehands *h, struct run *runs)
{
	int64_t limit = h->stage->conf.http_timeout_ms + SLACK_MS;
	const struct verdict *v;
	size_t i;
	bool ok;

	for (i = 0; i < NITEMS(http_rows); i++) {
		v = &runs[i].verdict;
		ok = runs[i].over && runs[i].at - runs[i].began < limit &&
		    v->ok == http_rows[i].ok &&
		    v->transient == http_rows[i].transient && v->err.kind == http_rows[i].kind &&
		    (http_rows[i].detail == NULL ||
		    strstr(v->err.detail, http_rows[i].detail) != NULL);
		if (!tap_ok(ok, "TOP-31: %s", http_rows[i].token))
			tap_diag("ok %d, transient %d, %s: %s", v->ok, v->transient,
			    err_kind_name(v->err.kind), v->err.detail);
		arena_free(runs[i].arena);
	}
	tap_is_int((int64_t)stage_count(h->stage->http_log, "/latest"), 0,
	    "SEC-01: no internal request leaves");
}

static void
start_dns(struct stagehands *h, struct run *runs)
{
	size_t i;

	for (i = 0; i < NITEMS(dns_rows); i++) {
		run_init(&runs[i], h, dns_rows[i].name, "good");
		run_start(&runs[i], &probe_dns01);
	}
}

static void
check_dns(struct stagehands *h, struct run *runs)
{
	int64_t limit = h->stage->conf.dns_timeout_ms + SLACK_MS;
	const struct verdict *v;
	size_t i;

	for (i = 0; i < NITEMS(dns_rows); i++) {
		v = &runs[i].verdict;
		if (!tap_ok(runs[i].over && runs[i].at - runs[i].began < limit &&
		    v->ok == dns_rows[i].ok && v->transient == dns_rows[i].transient &&
		    v->err.kind == dns_rows[i].kind,
		    "TOP-33: %s", dns_rows[i].rule))
			tap_diag("ok %d, transient %d, %s: %s", v->ok, v->transient,
			    err_kind_name(v->err.kind), v->err.detail);
		arena_free(runs[i].arena);
	}
}

/* Whether the climb and the policy together permit issuance. */
static bool
permits(const struct run *r, bool wildcard, struct err *err)
{
	const struct view issuer = VIEW("ca.example");
	struct caa_ask ask = { .name = r->ask.ident.value, .wildcard = wildcard,
	    .issuers = &issuer, .nissuers = 1, .method = VIEW("http-01"),
	    .account_url = VIEW("https://ca.example/a") };

	*err = r->climb.err;
	if (!r->over || err->kind != ERR_NONE)
		return false;
	return caa_permits(&r->climb.set, &ask, err) == 0;
}

static void
start_caa(struct stagehands *h, struct run *runs)
{
	size_t i;

	for (i = 0; i < NITEMS(caa_rows); i++) {
		run_init(&runs[i], h, caa_rows[i].name, "");
		(void)caa_start(&h->prober, runs[i].arena, runs[i].ask.ident.value, on_climb,
		    &runs[i]);
	}
}

static void
check_caa(struct run *runs)
{
	struct err err;
	bool allow;
	size_t i;

	for (i = 0; i < NITEMS(caa_rows); i++) {
		allow = permits(&runs[i], caa_rows[i].wildcard, &err);
		if (!tap_ok(runs[i].over && allow == caa_rows[i].allow &&
		    (allow || strstr(err.detail, caa_rows[i].why) != NULL),
		    "TOP-37: %s", caa_rows[i].rule))
			tap_diag("allow %d: %s", allow, err.detail);
		arena_free(runs[i].arena);
	}
}

/* All at once: none waits for another. */
static void
test_rows(struct stagehands *h)
{
	struct run http[NITEMS(http_rows)], dns[NITEMS(dns_rows)], caa[NITEMS(caa_rows)];
	const struct conf *conf = &h->stage->conf;

	h->done = 0;
	start_http(h, http);
	start_dns(h, dns);
	start_caa(h, caa);
	tap_ok(stage_run(h->stage, &h->done, NITEMS(http) + NITEMS(dns) + NITEMS(caa),
	    conf->http_timeout_ms + 2 * conf->dns_timeout_ms + SLACK_MS),
	    "TOP-31, TOP-33, TOP-37: in bounded time");
	check_http(h, http);
	check_dns(h, dns);
	check_caa(caa);
}

/*
 * One in four hangs in DNS, one in four in HTTP; the others are not delayed by
 * that, and all end in time.
 */
static void
test_swarm(struct stagehands *h)
{
	struct run *runs = calloc(SWARM, sizeof(*runs));
	int64_t limit = h->stage->conf.http_timeout_ms, slowest = 0, began = mono_ms();
	size_t i, good = 0, hung = 0;
	char name[64];

	h->done = 0;
	for (i = 0; i < SWARM; i++) {
		(void)snprintf(name, sizeof(name), "n%zu.%s.test", i, i % 4 == 3 ? "dead" : "web");
		run_init(&runs[i], h, name, i % 4 == 1 ? "hang" : "good");
		run_start(&runs[i], &probe_http01);
	}
	tap_ok(stage_run(h->stage, &h->done, SWARM, limit + SLACK_MS),
	    "2,000 probes at once, half of them hanging, end in time");
	tap_diag("after %lld ms", (long long)(mono_ms() - began));
	for (i = 0; i < SWARM; i++) {
		if (i % 2 == 0) {
			good += runs[i].verdict.ok;
			if (runs[i].at - runs[i].began > slowest)
				slowest = runs[i].at - runs[i].began;
		} else
			hung += runs[i].over && !runs[i].verdict.ok && runs[i].verdict.transient;
		arena_free(runs[i].arena);
	}
	tap_is_int((int64_t)good, SWARM / 2, "half of them are proven");
	tap_is_int((int64_t)hung, SWARM / 2, "the other half are not");
	tap_ok(slowest < limit, "the good ones do not wait for the others");
	tap_diag("the slowest of them took %lld ms", (long long)slowest);
	free(runs);
}

static void
test_cancel(struct stagehands *h)
{
	static const char *const tokens[] = { "good", "hang", "drip", "self", "tohttps" };
	struct run *runs = calloc(SWARM / 10, sizeof(*runs));
	size_t i, n = 0;
	char name[64];

	h->done = 0;
	for (i = 0; i < SWARM / 10; i++) {
		(void)snprintf(name, sizeof(name), "c%zu.%s.test", i, i % 7 == 0 ? "dead" : "web");
		run_init(&runs[i], h, name, tokens[i % NITEMS(tokens)]);
		run_start(&runs[i], i % 11 == 0 ? &probe_dns01 : &probe_http01);
		if (i % 20 == 0)
			(void)stage_run(h->stage, &h->done, SWARM, 5);
	}
	for (i = 0; i < SWARM / 10; i++)
		if (!runs[i].over) {
			(i % 11 == 0 ? &probe_dns01 : &probe_http01)->cancel(runs[i].probe);
			n++;
		}
	i = h->done;
	(void)stage_run(h->stage, &h->done, SWARM, 300);
	tap_ok(n > 0 && h->done == i, "cancel: wherever they are, no verdict comes after");
	for (i = 0; i < SWARM / 10; i++)
		arena_free(runs[i].arena);
	free(runs);
}

static void
put_servers(struct stage *st)
{
	struct buf b = BUF_INIT(65536);
	int i;

	buf_str(&b, zone);
	for (i = 0; i < 40; i++)
		buf_printf(&b, UP("forty.test") "\"%s%.2d\"\n", i == 23 ? "" : "other", i);
	buf_str(&b, UP("forty.test") DIGEST "\n");
	stage_dns(st, b.p);
	buf_reset(&b);
	buf_str(&b, rules);
	buf_str(&b, "* /.well-known/acme-challenge/11hops redirect 301 /hop1\n");
	for (i = 1; i <= 10; i++)
		buf_printf(&b, "* /hop%d redirect 301 /hop%d\n", i, i + 1);
	buf_str(&b, "* /hop11 body " KEY_AUTHZ "\n");
	stage_http(st, b.p, NULL);
	buf_release(&b);
}

int
main(void)
{
	struct err err = ERR_INIT;
	struct stagehands h = { 0 };
	struct stage st;

	stage_open(&st, 180);
	put_servers(&st);
	h.stage = &st;
	h.prober.loop = st.loop;
	h.prober.conf = &st.conf;
	if (resolver_unbound(st.loop, &st.conf, &h.prober.resolver, &err) != 0 ||
	    fetcher_curl(st.loop, &st.conf, &h.prober.fetcher, &err) != 0) {
		(void)printf("Bail out! %s\n", err.inner);
		return 1;
	}
	test_rows(&h);
	test_cancel(&h);
	h.prober.resolver->free(h.prober.resolver);
	h.prober.fetcher->free(h.prober.fetcher);
	st.conf.http_timeout_ms = tap_ms(8000);
	st.conf.dns_timeout_ms = tap_ms(8000);
	if (resolver_unbound(st.loop, &st.conf, &h.prober.resolver, &err) != 0 ||
	    fetcher_curl(st.loop, &st.conf, &h.prober.fetcher, &err) != 0)
		tap_ok(false, "%s", err.inner);
	test_swarm(&h);
	h.prober.resolver->free(h.prober.resolver);
	h.prober.fetcher->free(h.prober.fetcher);
	stage_close(&st);
	return tap_done();
}
