/* SPDX-License-Identifier: BSD-2-Clause */
/* http-01 against a resolver and web servers that play from tables. */
#include "tap.h"
#include "fakes.h"

#include "base/clock.h"
#include "wire/json.h"

#define TIMEOUT_MS	300
#define CONNECT_MS	100
#define KEY_AUTHZ	TOKEN ".9jg46WB3rR_AHD-EBXdN7cBkH1WOu0tA3M9fm21mqTI"
#define TOKEN		"evaGxfADs6pSRb2LAv9IZf17Dt3juxGJ-PCt92wr-oA"
#define PATH		"/.well-known/acme-challenge/" TOKEN
#define A_(octets)	.type = DNS_TYPE_A, .rdata = { { octets, 4 } }, \
			.dnssec = DNSSEC_INSECURE
#define AAAA_(octets)	.type = DNS_TYPE_AAAA, .rdata = { { octets, 16 } }, \
			.dnssec = DNSSEC_INSECURE
#define PUBLIC_A	A_("\x5d\xb8\xd8\x22")	/* 93.184.216.34 */
#define PUBLIC_AAAA	AAAA_("\x26\x06\x28\x00\x02\x20\0\x01\0\0\0\0\0\0\0\x01")
#define V4		"93.184.216.34"
#define V6		"2606:2800:220:1::1"
#define PROOF		.status = 200, .body = { KEY_AUTHZ, sizeof(KEY_AUTHZ) - 1 }
#define BODY(text)	.status = 200, .body = { text, sizeof(text) - 1 }
#define TO(code, target) .status = code, .location = target

static const struct fake_answer answers[] = {
	{ .name = "both.test", PUBLIC_A },
	{ .name = "both.test", PUBLIC_AAAA },
	{ .name = "v6.test", PUBLIC_AAAA },
	{ .name = "halfpublic.test", PUBLIC_A },
	{ .name = "halfpublic.test", AAAA_("\xfd\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01") },
	{ .name = "private.test", A_("\x0a\0\0\x01") },
	{ .name = "metadata.test", A_("\xa9\xfe\xa9\xfe") },
	{ .name = "mapped.test", AAAA_("\0\0\0\0\0\0\0\0\0\0\xff\xff\x0a\0\0\x01") },
	{ .name = "loopback.test", A_("\x7f\0\0\x01") },
	{ .name = "rebind.test", PUBLIC_A, .times = 1 },
	{ .name = "rebind.test", A_("\x7f\0\0\x01") },
	{ .name = "servfail.test", .type = DNS_TYPE_A, .failure = "DNS problem: SERVFAIL" },
	{ .name = "servfail.test", .type = DNS_TYPE_AAAA, .failure = "DNS problem: SERVFAIL" },
	{ .name = "nx.test", .type = DNS_TYPE_A, .nxdomain = true },
	{ .name = "nx.test", .type = DNS_TYPE_AAAA, .nxdomain = true },
	{ .name = "halffail.test", PUBLIC_A },
	{ .name = "halffail.test", .type = DNS_TYPE_AAAA, .failure = "DNS problem: SERVFAIL" },
	{ .name = "halfbogus.test", PUBLIC_A },
	{ .name = "halfbogus.test", .type = DNS_TYPE_AAAA, .failure = "DNS problem: bogus",
	    .dnssec = DNSSEC_BOGUS },
	{ .name = "silent.test", .type = DNS_TYPE_A, .hang = true },
	{ .name = "halfsilent.test", PUBLIC_A },
	{ .name = "halfsilent.test", .type = DNS_TYPE_AAAA, .hang = true },
	{ .name = "busy.test", .type = DNS_TYPE_A, .refuse = true },
	{ .name = "busy.test", .type = DNS_TYPE_AAAA, .refuse = true },
	{ .name = "badlength.test", .type = DNS_TYPE_A, .rdata = { { "\x01\x02\x03", 3 } } },
	{ .name = "secure.test", .type = DNS_TYPE_A, .rdata = { { "\x5d\xb8\xd8\x22", 4 } },
	    .dnssec = DNSSEC_SECURE },
	{ .name = "secure.test", .type = DNS_TYPE_AAAA, .dnssec = DNSSEC_SECURE },
	{ .name = "ok.test", PUBLIC_A },
	{ .name = "space.test", PUBLIC_A }, { .name = "leading.test", PUBLIC_A },
	{ .name = "case.test", PUBLIC_A }, { .name = "prefix.test", PUBLIC_A },
	{ .name = "longer.test", PUBLIC_A }, { .name = "empty.test", PUBLIC_A },
	{ .name = "nul.test", PUBLIC_A }, { .name = "html.test", PUBLIC_A },
	{ .name = "huge.test", PUBLIC_A },
	{ .name = "s404.test", PUBLIC_A }, { .name = "s500.test", PUBLIC_A },
	{ .name = "s201.test", PUBLIC_A }, { .name = "s206.test", PUBLIC_A },
	{ .name = "r301.test", PUBLIC_A }, { .name = "r302.test", PUBLIC_A },
	{ .name = "r307.test", PUBLIC_A }, { .name = "r308.test", PUBLIC_A },
	{ .name = "r300.test", PUBLIC_A }, { .name = "r303.test", PUBLIC_A },
	{ .name = "r304.test", PUBLIC_A }, { .name = "r305.test", PUBLIC_A },
	{ .name = "tohttps.test", PUBLIC_A }, { .name = "to443.test", PUBLIC_A },
	{ .name = "to80.test", PUBLIC_A }, { .name = "to8080.test", PUBLIC_A },
	{ .name = "tocross.test", PUBLIC_A }, { .name = "to22.test", PUBLIC_A },
	{ .name = "toftp.test", PUBLIC_A }, { .name = "tonowhere.test", PUBLIC_A },
	{ .name = "torelative.test", PUBLIC_A }, { .name = "totypo.test", PUBLIC_A },
	{ .name = "touser.test", PUBLIC_A }, { .name = "toip.test", PUBLIC_A },
	{ .name = "toip6.test", PUBLIC_A }, { .name = "tolocalhost.test", PUBLIC_A },
	{ .name = "tometadata.test", PUBLIC_A }, { .name = "toprivate.test", PUBLIC_A },
	{ .name = "toself.test", PUBLIC_A }, { .name = "tocircle.test", PUBLIC_A },
	{ .name = "ten.test", PUBLIC_A }, { .name = "eleven.test", PUBLIC_A },
	{ .name = "refused.test", PUBLIC_A }, { .name = "hang.test", PUBLIC_A },
	{ .name = "hole6.test", PUBLIC_A }, { .name = "hole6.test", PUBLIC_AAAA },
	{ .name = "down6.test", PUBLIC_A }, { .name = "down6.test", PUBLIC_AAAA },
	{ .name = "down.test", PUBLIC_A }, { .name = "down.test", PUBLIC_AAAA },
	{ .name = "wrong6.test", PUBLIC_A }, { .name = "wrong6.test", PUBLIC_AAAA },
	{ .name = "reset6.test", PUBLIC_A }, { .name = "reset6.test", PUBLIC_AAAA },
	{ .name = "tls.test", PUBLIC_A }, { .name = "nohttp.test", PUBLIC_A },
	{ .name = "nosocket.test", PUBLIC_A },
	{ .name = "slowhops.test", PUBLIC_A },
	{ .name = "tosecure.test", PUBLIC_A },
};

#define AT(host)	"http://" host PATH
static const struct fake_page pages[] = {
	{ AT("ok.test"), PROOF }, { AT("v6.test"), .address = V6, PROOF },
	{ AT("both.test"), .address = V6, PROOF }, { AT("halfpublic.test"), .address = V4, PROOF },
	{ AT("halffail.test"), PROOF }, { AT("halfbogus.test"), PROOF },
	{ AT("secure.test"), TO(302, AT("ok.test")) },
	{ AT("tosecure.test"), TO(302, "http://secure.test/final") },
	{ "http://secure.test/final", PROOF },
	{ AT("loopback.test"), .address = "127.0.0.1", PROOF },
	{ AT("rebind.test"), TO(302, "http://rebind.test/again") },
	{ "http://rebind.test/again", PROOF },
	{ AT("space.test"), BODY(KEY_AUTHZ " \t\r\n\n\v\f ") },
	{ AT("leading.test"), BODY(" " KEY_AUTHZ) },
	{ AT("case.test"), BODY("EVAGXFADS6PSRB2LAV9IZF17DT3JUXGJ-PCT92WR-OA.9JG46WB3RR") },
	{ AT("prefix.test"), BODY(TOKEN ".") },
	{ AT("longer.test"), BODY(KEY_AUTHZ "x") },
	{ AT("empty.test"), BODY("") },
	{ AT("nul.test"), BODY(KEY_AUTHZ "\0") },
	{ AT("html.test"), BODY("<html>\r\n\x1b[31m\"forged\" log line") },
	{ AT("huge.test"), .body_too_long = true, PROOF },
	{ AT("s404.test"), .status = 404, .body = { KEY_AUTHZ, sizeof(KEY_AUTHZ) - 1 } },
	{ AT("s500.test"), .status = 500 },
	{ AT("s201.test"), .status = 201, .body = { KEY_AUTHZ, sizeof(KEY_AUTHZ) - 1 } },
	{ AT("s206.test"), .status = 206, .body = { KEY_AUTHZ, sizeof(KEY_AUTHZ) - 1 } },
	{ AT("r300.test"), TO(300, AT("ok.test")) }, { AT("r301.test"), TO(301, AT("ok.test")) },
	{ AT("r302.test"), TO(302, AT("ok.test")) }, { AT("r303.test"), TO(303, AT("ok.test")) },
	{ AT("r304.test"), TO(304, AT("ok.test")) }, { AT("r305.test"), TO(305, AT("ok.test")) },
	{ AT("r307.test"), TO(307, AT("ok.test")) }, { AT("r308.test"), TO(308, AT("ok.test")) },
	{ AT("tohttps.test"), TO(301, "https://ok.test/x") }, { "https://ok.test/x", PROOF },
	{ AT("to443.test"), TO(301, "https://ok.test:443/x") },
	{ AT("to80.test"), TO(301, "http://ok.test:80" PATH) },
	{ AT("to8080.test"), TO(301, "http://ok.test:8080" PATH) },
	{ AT("tocross.test"), TO(301, "http://ok.test:443" PATH) },
	{ AT("to22.test"), TO(301, "https://ok.test:22/x") },
	{ AT("toftp.test"), TO(301, "ftp://ok.test/x") },
	{ AT("tonowhere.test"), TO(301, NULL) },
	{ AT("torelative.test"), TO(301, "../../proof?x=y#z") },
	{ "http://torelative.test/proof?x=y", PROOF },
	{ AT("totypo.test"), TO(301, "https://ok.test.well-known/acme-challenge/" TOKEN) },
	{ AT("touser.test"), TO(301, "http://me@ok.test/x") },
	{ AT("toip.test"), TO(301, "http://169.254.169.254/latest/meta-data/") },
	{ AT("toip6.test"), TO(301, "http://[::1]/") },
	{ AT("tolocalhost.test"), TO(301, "http://localhost/") },
	{ AT("tometadata.test"), TO(301, "http://metadata.test/") },
	{ AT("toprivate.test"), TO(301, "http://private.test/") },
	{ AT("toself.test"), TO(301, "http://toself.test:80" PATH) },
	{ AT("tocircle.test"), TO(301, "/a") }, { "http://tocircle.test/a", TO(301, "/b") },
	{ "http://tocircle.test/b", TO(301, "/a") },
	{ AT("ten.test"), TO(301, "/1") }, { AT("eleven.test"), TO(301, "http://ten.test/0") },
	{ "http://ten.test/0", TO(301, "/1") }, { "http://ten.test/1", TO(302, "/2") },
	{ "http://ten.test/2", TO(307, "/3") }, { "http://ten.test/3", TO(308, "/4") },
	{ "http://ten.test/4", TO(301, "/5") }, { "http://ten.test/5", TO(301, "/6") },
	{ "http://ten.test/6", TO(301, "/7") }, { "http://ten.test/7", TO(301, "/8") },
	{ "http://ten.test/8", TO(301, "/9") }, { "http://ten.test/9", TO(301, "/10") },
	{ "http://ten.test/10", PROOF },
	{ AT("hang.test"), .hang = true },
	{ AT("hole6.test"), .address = V6, .blackhole = true }, { AT("hole6.test"), PROOF },
	{ AT("down6.test"), .address = V4, PROOF },
	{ AT("wrong6.test"), .address = V6, .status = 404 }, { AT("wrong6.test"), PROOF },
	{ AT("reset6.test"), .address = V6, .kind = ERR_CONNECTION, .detail = "Connection reset",
	    .connected = true },
	{ AT("reset6.test"), PROOF },
	{ AT("tls.test"), TO(301, "https://tls.test/") },
	{ "https://tls.test/", .kind = ERR_TLS, .detail = "TLS handshake failed",
	    .connected = true },
	{ AT("nohttp.test"), .kind = ERR_INCORRECT_RESPONSE, .detail = "not HTTP",
	    .connected = true },
	{ AT("nosocket.test"), .refuse = true },
	{ AT("slowhops.test"), .delay_ms = 60, TO(301, "/1") },
	{ "http://slowhops.test/1", .delay_ms = 60, TO(301, "/2") },
	{ "http://slowhops.test/2", .delay_ms = 60, TO(301, "/3") },
	{ "http://slowhops.test/3", .hang = true },
	{ "http://" V4 PATH, .address = V4, PROOF },
	{ "http://[" V6 "]" PATH, .address = V6, PROOF },
};

enum { NO, YES };

static const struct {
	const char	*rule, *name;
	size_t		 fetches;
	bool		 ok, transient;
	enum err_kind	 kind;
	const char	*detail;	/* stands in it */
} rows[] = {
	{ "HTT-02: the key authorization", "ok.test", 1, YES, NO, ERR_NONE, NULL },
	{ "HTT-02: white space behind it", "space.test", 1, YES, NO, ERR_NONE, NULL },
	{ "HTT-02: white space before it", "leading.test", 1, NO, NO, ERR_INCORRECT_RESPONSE,
	    "not this challenge's: \" evaG" },
	{ "HTT-02: another case", "case.test", 1, NO, NO, ERR_INCORRECT_RESPONSE, "\"EVAG" },
	{ "HTT-02: the token alone", "prefix.test", 1, NO, NO, ERR_INCORRECT_RESPONSE, TOKEN },
	{ "HTT-02: one character more", "longer.test", 1, NO, NO, ERR_INCORRECT_RESPONSE, "..." },
	{ "HTT-02: nothing", "empty.test", 1, NO, NO, ERR_INCORRECT_RESPONSE, ": \"\"" },
	{ "HTT-02: a NUL behind it", "nul.test", 1, NO, NO, ERR_INCORRECT_RESPONSE, NULL },
	{ "SEC-02: what was found is escaped", "html.test", 1, NO, NO, ERR_INCORRECT_RESPONSE,
	    "\"<html>\\x0d\\x0a\\x1b[31m\\\"forged\\\" log line\"" },
	{ "HTT-08: too long (TOP-31)", "huge.test", 1, NO, NO, ERR_UNAUTHORIZED,
	    "longer than 512 bytes" },
	{ "HTT-03: 404 names URL and address", "s404.test", 1, NO, NO, ERR_UNAUTHORIZED,
	    V4 ": http://s404.test" PATH ": Invalid response: 404" },
	{ "HTT-03: 500", "s500.test", 1, NO, NO, ERR_UNAUTHORIZED, "500" },
	{ "HTT-03: 201", "s201.test", 1, NO, NO, ERR_UNAUTHORIZED, "201" },
	{ "HTT-03: 206", "s206.test", 1, NO, NO, ERR_UNAUTHORIZED, "206" },
	{ "HTT-04: 301", "r301.test", 2, YES, NO, ERR_NONE, NULL },
	{ "HTT-04: 302", "r302.test", 2, YES, NO, ERR_NONE, NULL },
	{ "HTT-04: 307", "r307.test", 2, YES, NO, ERR_NONE, NULL },
	{ "HTT-04: 308", "r308.test", 2, YES, NO, ERR_NONE, NULL },
	{ "HTT-04: 300 is not followed", "r300.test", 1, NO, NO, ERR_UNAUTHORIZED, "300" },
	{ "HTT-04: 303 is not followed (TOP-31)", "r303.test", 1, NO, NO, ERR_UNAUTHORIZED,
	    "303" },
	{ "HTT-04: 304 is not followed", "r304.test", 1, NO, NO, ERR_UNAUTHORIZED, "304" },
	{ "HTT-04: 305 is not followed", "r305.test", 1, NO, NO, ERR_UNAUTHORIZED, "305" },
	{ "HTT-04: to https", "tohttps.test", 2, YES, NO, ERR_NONE, NULL },
	{ "HTT-04: to port 443 as written", "to443.test", 2, YES, NO, ERR_NONE, NULL },
	{ "HTT-04: to port 80 as written", "to80.test", 2, YES, NO, ERR_NONE, NULL },
	{ "HTT-04, VAL-06: to port 8080 (TOP-31)", "to8080.test", 1, NO, NO, ERR_CONNECTION,
	    "port 8080" },
	{ "HTT-04, VAL-06: http to port 443", "tocross.test", 1, NO, NO, ERR_CONNECTION,
	    "port 443" },
	{ "HTT-04, VAL-06: to port 22", "to22.test", 1, NO, NO, ERR_CONNECTION, "port 22" },
	{ "HTT-04: to ftp: (TOP-31)", "toftp.test", 1, NO, NO, ERR_CONNECTION, "scheme" },
	{ "HTT-04: to nowhere", "tonowhere.test", 1, NO, NO, ERR_UNAUTHORIZED,
	    "without a Location" },
	{ "HTT-04: to a relative reference", "torelative.test", 2, YES, NO, ERR_NONE, NULL },
	{ "HTT-05: host.well-known", "totypo.test", 1, NO, NO, ERR_CONNECTION, ".well-known" },
	{ "HTT-05: user information", "touser.test", 1, NO, NO, ERR_CONNECTION,
	    "user information" },
	{ "HTT-05, SEC-01: to 169.254.169.254 (TOP-31)", "toip.test", 1, NO, NO, ERR_CONNECTION,
	    "Redirect to an IP address" },
	{ "HTT-05, SEC-01: to [::1]", "toip6.test", 1, NO, NO, ERR_CONNECTION,
	    "Redirect to an IP address" },
	{ "HTT-05, SEC-01: to localhost (TOP-31)", "tolocalhost.test", 1, NO, NO, ERR_CONNECTION,
	    "full DNS name" },
	{ "HTT-11, SEC-01: to a name at 169.254.169.254", "tometadata.test", 1, NO, NO,
	    ERR_CONNECTION, "169.254.169.254, which is not public" },
	{ "HTT-11, SEC-01: to a name at 10.0.0.1", "toprivate.test", 1, NO, NO, ERR_CONNECTION,
	    "10.0.0.1, which is not public" },
	{ "HTT-05: a loop of one, its port written", "toself.test", 1, NO, NO, ERR_CONNECTION,
	    "loop" },
	{ "HTT-05: a loop of two", "tocircle.test", 3, NO, NO, ERR_CONNECTION, "loop" },
	{ "HTT-04: 10 redirects", "ten.test", 11, YES, NO, ERR_NONE, NULL },
	{ "HTT-04: 11 redirects (TOP-31)", "eleven.test", 11, NO, NO, ERR_CONNECTION,
	    "More than 10 redirects" },
	{ "HTT-09: IPv6 comes first", "both.test", 1, YES, NO, ERR_NONE, NULL },
	{ "HTT-09: IPv6 alone", "v6.test", 1, YES, NO, ERR_NONE, NULL },
	{ "HTT-09: IPv6 refused, IPv4 answers", "down6.test", 2, YES, NO, ERR_NONE, NULL },
	{ "HTT-09: IPv6 swallowed, IPv4 answers", "hole6.test", 2, YES, NO, ERR_NONE, NULL },
	{ "HTT-09: both refused", "down.test", 2, NO, YES, ERR_CONNECTION,
	    V4 ": http://down.test" PATH ": Connection refused" },
	{ "HTT-09: no fall-back from an answer", "wrong6.test", 1, NO, NO, ERR_UNAUTHORIZED,
	    "404" },
	{ "HTT-09: no fall-back once connected", "reset6.test", 1, NO, YES, ERR_CONNECTION,
	    "reset" },
	{ "HTT-09: IPv4 refused", "refused.test", 1, NO, YES, ERR_CONNECTION, "refused" },
	{ "SEC-01: a private address", "private.test", 0, NO, NO, ERR_CONNECTION, "10.0.0.1" },
	{ "SEC-01: a mapped private address", "mapped.test", 0, NO, NO, ERR_CONNECTION,
	    "10.0.0.1" },
	{ "SEC-01: loopback", "loopback.test", 0, NO, NO, ERR_CONNECTION, "127.0.0.1" },
	{ "SEC-01: only the public address is used", "halfpublic.test", 1, YES, NO, ERR_NONE,
	    NULL },
	{ "SEC-01: rebinding on a redirect (TOP-31)", "rebind.test", 1, NO, NO, ERR_CONNECTION,
	    "127.0.0.1, which is not public" },
	{ "DNS fails", "servfail.test", 0, NO, YES, ERR_DNS, "DNS problem: SERVFAIL" },
	{ "no such name", "nx.test", 0, NO, YES, ERR_DNS, "NXDOMAIN looking up A for nx.test" },
	{ "no addresses", "nodata.test", 0, NO, YES, ERR_DNS,
	    "no A or AAAA records found for nodata" },
	{ "an A record of three octets", "badlength.test", 0, NO, YES, ERR_DNS, "no A or AAAA" },
	{ "one look-up fails, the other does", "halffail.test", 1, YES, NO, ERR_NONE, NULL },
	{ "DNS-08: bogus in either is bogus", "halfbogus.test", 0, NO, YES, ERR_DNS, "bogus" },
	{ "HTT-10: silence of DNS", "silent.test", 0, NO, YES, ERR_DNS, "timed out" },
	{ "HTT-10: silence for one type", "halfsilent.test", 0, NO, YES, ERR_DNS, "timed out" },
	{ "HTT-10: a server that hangs", "hang.test", 1, NO, YES, ERR_CONNECTION, "Timeout" },
	{ "HTT-10: one limit for all hops", "slowhops.test", 4, NO, YES, ERR_CONNECTION,
	    "Timeout" },
	{ "HTT-06: TLS fails", "tls.test", 2, NO, YES, ERR_TLS, "https://tls.test/: TLS" },
	{ "no HTTP there", "nohttp.test", 1, NO, NO, ERR_INCORRECT_RESPONSE, "not HTTP" },
	{ "no resolver", "busy.test", 0, NO, YES, ERR_INTERNAL, NULL },
	{ "no sockets", "nosocket.test", 1, NO, YES, ERR_INTERNAL, NULL },
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
	ask->token = VIEW(TOKEN);
	ask->key_authz = VIEW(KEY_AUTHZ);
	ask->account_url = VIEW("https://ca.example/v2/DV/account/1");
	fakes_play(&s->fakes, answers, NITEMS(answers), pages, NITEMS(pages));
	arena_reset(s->arena);
	*r = (struct run){ .starting = true };
	r->probe = probe_http01.start(&s->prober, s->arena, ask, on_done, r);
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
run_name(struct setup *s, struct run *r, const char *name)
{
	struct probe_ask ask = { .ident = { .type = IDENT_DNS, .value = view_of(name) } };

	run(s, r, &ask);
}

static void
test_rows(struct setup *s)
{
	const struct verdict *v;
	int64_t began;
	struct run r;
	bool ok, in_time;
	size_t i;

	for (i = 0; i < NITEMS(rows); i++) {
		began = mono_ms();
		run_name(s, &r, rows[i].name);
		in_time = mono_ms() - began < TIMEOUT_MS + 200;
		v = &r.verdict;
		ok = r.done == 1 && !r.early && in_time && v->ok == rows[i].ok &&
		    v->transient == rows[i].transient && v->err.kind == rows[i].kind &&
		    s->fakes.started == rows[i].fetches && s->fakes.open == 0 &&
		    s->fakes.wrong == 0 && view_is(v->adn, rows[i].name) && v->record.n != 0;
		if (rows[i].detail != NULL && strstr(v->err.detail, rows[i].detail) == NULL)
			ok = false;
		if (!tap_ok(ok, "%s", rows[i].rule))
			tap_diag("ok %d, transient %d, %s: %s; %zu fetches", v->ok, v->transient,
			    err_kind_name(v->err.kind), v->err.detail, s->fakes.started);
	}
}

static void
test_first_request(struct setup *s)
{
	struct run r;

	run_name(s, &r, "tohttps.test");
	tap_is_view(view_of(s->fakes.fetched[0].url), VIEW(AT("tohttps.test")),
	    "HTT-01: the first request is plain http to the well-known place");
	tap_is_int(s->fakes.fetched[0].port, 80, "HTT-01: on port 80");
	tap_is_int(s->fakes.fetched[1].port, 443, "HTT-04: https is on port 443");
	s->conf.http01_port = 5002;
	s->conf.tlsalpn01_port = 5001;
	run_name(s, &r, "to443.test");
	tap_ok(s->fakes.fetched[0].port == 5002 && s->fakes.fetched[1].port == 5001,
	    "conf moves both ports");
	s->conf.http01_port = 80;
	s->conf.tlsalpn01_port = 443;
	run_name(s, &r, "halfpublic.test");
	tap_ok(strcmp(s->fakes.fetched[0].address, V4) == 0,
	    "SEC-01: the checked address is used");
}

static void
test_loopback(struct setup *s)
{
	struct run r;

	s->conf.allow_special_addresses = true;
	run_name(s, &r, "loopback.test");
	tap_ok(r.verdict.ok, "conf allows loopback");
	run_name(s, &r, "private.test");
	tap_ok(!r.verdict.ok && s->fakes.started == 0, "but no other special address");
	s->conf.allow_special_addresses = false;
}

/* Half of the time that is left is for IPv4. */
static void
test_fallback_time(struct setup *s)
{
	struct run r;

	s->conf.http_connect_timeout_ms = 10 * TIMEOUT_MS;
	run_name(s, &r, "hole6.test");
	tap_ok(r.verdict.ok, "HTT-09: a long wait for IPv6 leaves time for IPv4");
	s->conf.http_connect_timeout_ms = CONNECT_MS;
}

static void
test_idents(struct setup *s)
{
	struct probe_ask ask = { .ident = { .type = IDENT_DNS, .wildcard = true,
	    .value = VIEW("ok.test") } };
	struct run r;

	run(s, &r, &ask);
	tap_ok(!r.verdict.ok && !r.verdict.transient && s->fakes.asked == 0,
	    "HTT-12: not for wildcards");
	ask.ident = (struct ident){ .type = IDENT_IP, .value = VIEW(V4) };
	run(s, &r, &ask);
	tap_ok(r.verdict.ok && s->fakes.asked == 0, "an IPv4 identifier needs no DNS");
	ask.ident.value = VIEW(V6);
	run(s, &r, &ask);
	tap_ok(r.verdict.ok, "an IPv6 identifier stands in brackets");
	ask.ident.value = VIEW("10.0.0.1");
	run(s, &r, &ask);
	tap_ok(!r.verdict.ok && s->fakes.started == 0, "SEC-01: a private identifier");
}

static void
test_dnssec(struct setup *s)
{
	struct run r;

	run_name(s, &r, "secure.test");
	tap_ok(r.verdict.ok && r.verdict.dnssec == DNSSEC_INSECURE,
	    "DSE-01: a secure hop to an insecure one is insecure");
	run_name(s, &r, "tosecure.test");
	tap_ok(r.verdict.ok && r.verdict.dnssec == DNSSEC_INSECURE, "DSE-01: and the other way");
	run_name(s, &r, "halfbogus.test");
	tap_ok(r.verdict.dnssec == DNSSEC_BOGUS, "DNS-08: bogus is told");
}

/* The value of a member of hop i, as text; "" when it is not there. */
static struct view
hop_member(const struct json *record, size_t i, const char *name)
{
	const struct json *hops = json_member(record, "hops");

	return json_str(json_member(json_at(hops, i), name));
}

static const struct json *
parse_record(struct setup *s, const struct run *r)
{
	const struct json *record = NULL;
	struct err err = ERR_INIT;

	if (json_parse(s->arena, r->verdict.record, "record", &record, &err) != 0)
		tap_diag("%s: %.*s", err.detail, VIEW_ARG(r->verdict.record));
	return record;
}

static void
test_record(struct setup *s)
{
	const struct json *record, *hop;
	struct err err = ERR_INIT;
	struct run r;
	int64_t n = 0;

	run_name(s, &r, "tohttps.test");
	record = parse_record(s, &r);
	tap_is_int((int64_t)json_len(json_member(record, "hops")), 2, "HTT-14: two hops");
	tap_is_view(hop_member(record, 0, "url"), VIEW(AT("tohttps.test")), "HTT-14: url");
	tap_is_view(hop_member(record, 1, "hostname"), VIEW("ok.test"), "HTT-14: hostname");
	tap_is_view(hop_member(record, 1, "addressUsed"), VIEW(V4), "HTT-14: addressUsed");
	hop = json_at(json_member(record, "hops"), 1);
	tap_ok(json_get_int(hop, "port", &n, &err) == 1 && n == 443, "HTT-14: port");
	tap_ok(json_get_int(hop, "status", &n, &err) == 1 && n == 200, "HTT-14: status");
	run_name(s, &r, "down6.test");
	record = parse_record(s, &r);
	hop = json_at(json_member(record, "hops"), 0);
	tap_is_view(json_str(json_at(json_member(hop, "addressesResolved"), 0)), VIEW(V6),
	    "HTT-14: addressesResolved");
	tap_is_view(json_str(json_at(json_member(hop, "addressesResolved"), 1)), VIEW(V4),
	    "HTT-14: both of them");
	tap_is_view(json_str(json_at(json_member(hop, "addressesTried"), 0)), VIEW(V6),
	    "HTT-14: what was tried in vain");
	run_name(s, &r, "private.test");
	record = parse_record(s, &r);
	tap_ok(view_icontains(hop_member(record, 0, "error"), VIEW("not public")),
	    "HTT-14: error");
}

/* At each moment of these lives: nothing is left under way, and done is not called. */
static void
test_cancel(struct setup *s)
{
	static const char *const names[] = {
		"ok.test", "halfsilent.test", "hang.test", "hole6.test", "slowhops.test",
		"busy.test",
	};
	static const int64_t moments_ms[] = { 0, 1, 2, 20, 70, 120 };
	struct probe_ask ask = { .ident = { .type = IDENT_DNS } };
	size_t i, m, left = 0, late = 0, cancelled = 0;
	int64_t until;
	struct run r;

	for (i = 0; i < NITEMS(names); i++)
		for (m = 0; m < NITEMS(moments_ms); m++) {
			ask.ident.value = view_of(names[i]);
			begin(s, &r, &ask);
			until = mono_ms() + moments_ms[m];
			while (mono_ms() < until && r.done == 0)
				loop_run_once(s->loop, until - mono_ms());
			if (r.done != 0)
				continue;
			probe_http01.cancel(r.probe);
			cancelled++;
			left += s->fakes.open + s->fakes.wrong;
			loop_run_once(s->loop, 1);
			late += r.done;
		}
	/* All of them at once, and the one that hangs at each moment, however slow this is. */
	tap_ok(cancelled >= NITEMS(names) + NITEMS(moments_ms) - 1,
	    "cancel: while it waits for DNS or HTTP");
	tap_ok(left == 0, "cancel: nothing stays under way");
	tap_ok(late == 0, "cancel: no verdict comes");
}

int
main(void)
{
	struct setup s = {
		.conf = { .base_url = "https://ca.example", .http_timeout_ms = TIMEOUT_MS,
		    .http_connect_timeout_ms = CONNECT_MS, .dns_timeout_ms = TIMEOUT_MS,
		    .http01_port = 80, .tlsalpn01_port = 443 },
	};

	s.loop = loop_new();
	s.arena = arena_new();
	fakes_init(&s.fakes, s.loop);
	s.prober = (struct prober){ s.loop, &s.fakes.resolver, &s.fakes.fetcher, NULL,
	    &s.conf };
	tap_ok(probe_method_find(VIEW("http-01")) == &probe_http01, "http-01 is a method");
	tap_ok(probe_method_find(VIEW("dns-01")) == &probe_dns01, "dns-01 is one");
	tap_ok(probe_method_find(VIEW("HTTP-01")) == NULL, "HTTP-01 is none");
	test_rows(&s);
	test_first_request(&s);
	test_loopback(&s);
	test_fallback_time(&s);
	test_idents(&s);
	test_dnssec(&s);
	test_record(&s);
	test_cancel(&s);
	fakes_release(&s.fakes);
	arena_free(s.arena);
	loop_free(s.loop);
	return tap_done();
}
