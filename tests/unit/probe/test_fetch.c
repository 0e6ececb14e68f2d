/* SPDX-License-Identifier: BSD-2-Clause */
/* curl in the loop, against a real HTTP server on loopback. */
#include "tap.h"
#include "stage.h"

#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "probe/address.h"
#include "probe/fetch.h"

#define CONNECT_MS	tap_ms(1000)
#define TOTAL_MS	tap_ms(2400)
#define BACKLOG_FILL	8

static const char rules[] =
    "* /body body \"hello\\n\"\n"
    "* /404 status 404\n"
    "* /201 body created 201\n"
    "* /302 redirect 302 http://b.test/x\n"
    "* /303 redirect 303 /x\n"
    "* /two raw \"HTTP/1.1 301 M\\r\\nLocation: /first\\r\\nLocation: /last\\r\\n\\r\\n\"\n"
    "* /nowhere redirect 301\n"
    "* /chunked chunked hello\n"
    "* /gzip gzip hello\n"
    "* /untilclose raw \"HTTP/1.1 200 OK\\r\\n\\r\\nhello\"\n"
    "* /http10 raw \"HTTP/1.0 200 OK\\r\\n\\r\\nhello\"\n"
    "* /100 raw \"HTTP/1.1 100 C\\r\\n\\r\\n"
    "HTTP/1.1 200 OK\\r\\nContent-Length: 5\\r\\n\\r\\nhello\"\n"
    "* /cut404 raw \"HTTP/1.1 404 N\\r\\nContent-Length: 100\\r\\n\\r\\nx\"\n"
    "* /headers headers 14000 hello\n"
    "* /manyheaders headers 20000 hello\n"
    "* /endless endless\n"
    "* /endlessheaders endless-headers\n"
    "* /drip drip 20\n"
    "* /dripheaders drip-headers 20\n"
    "* /hang hang\n"
    "* /hangbody hang-body\n"
    "* /short short\n"
    "* /close close\n"
    "* /reset reset\n"
    "* /text raw \"hello, this is no HTTP\\r\\n\\r\\n\"\n"
    "* /ssh raw \"SSH-2.0-OpenSSH_9.2\\r\\n\"\n"
    "* /a/../b//./c?d=%zz&e=[f]{g}|h body odd\n";

enum where { HTTP, HTTPS, HTTPS_AT_HTTP, REFUSED, BLACKHOLE };

struct seen {
	size_t			*count;
	struct fetch		*fetch;
	bool			 early;
	bool			 starting;
	unsigned		 done;
	bool			 connected;
	unsigned		 status;
	char			 location[64];
	char			 body[HTTP01_BODY_MAX + 1];
	size_t			 nbody;
	bool			 too_long;
	int64_t			 began, at;
	struct err		 err;
};

static const struct {
	const char	*rule;
	enum where	 where;
	const char	*target;
	unsigned	 status;	/* 0: fails */
	const char	*body;		/* or the Location */
	bool		 too_long;
	enum err_kind	 kind;
	const char	*detail;
	bool		 connected;
} rows[] = {
	{ "HTT-01: a body", HTTP, "/body", 200, "hello\n", false, ERR_NONE, NULL, true },
	{ "HTT-03: another status", HTTP, "/404", 404, "", false, ERR_NONE, NULL, true },
	{ "HTT-03: the body of another status is not read", HTTP, "/201", 201, "", false,
	    ERR_NONE, NULL, true },
	{ "and not waited for", HTTP, "/cut404", 404, "", false, ERR_NONE, NULL, true },
	{ "HTT-04: a redirect is not followed here", HTTP, "/302", 302, "http://b.test/x", false,
	    ERR_NONE, NULL, true },
	{ "HTT-04: a relative Location comes as it is", HTTP, "/303", 303, "/x", false, ERR_NONE,
	    NULL, true },
	{ "HTT-04: the final Location counts", HTTP, "/two", 301, "/last", false, ERR_NONE, NULL,
	    true },
	{ "a redirect without Location", HTTP, "/nowhere", 301, "", false, ERR_NONE, NULL, true },
	{ "chunks", HTTP, "/chunked", 200, "hello", false, ERR_NONE, NULL, true },
	{ "a body until the end of the connection", HTTP, "/untilclose", 200, "hello", false,
	    ERR_NONE, NULL, true },
	{ "HTTP/1.0", HTTP, "/http10", 200, "hello", false, ERR_NONE, NULL, true },
	{ "an interim answer is passed over", HTTP, "/100", 200, "hello", false, ERR_NONE, NULL,
	    true },
	{ "HTT-08: 512 bytes", HTTP, "/512", 200, NULL, false, ERR_NONE, NULL, true },
	{ "HTT-08: 513 bytes", HTTP, "/513", 200, NULL, true, ERR_NONE, NULL, true },
	{ "HTT-08: a body without end (TOP-31)", HTTP, "/endless", 200, NULL, true, ERR_NONE, NULL,
	    true },
	{ "HTT-08: 14 KB of header", HTTP, "/headers", 200, "hello", false, ERR_NONE, NULL, true },
	{ "HTT-08: 20 KB of header", HTTP, "/manyheaders", 0, NULL, false, ERR_INCORRECT_RESPONSE,
	    "more than 16384 bytes", true },
	{ "HTT-08: a header without end", HTTP, "/endlessheaders", 0, NULL, false,
	    ERR_INCORRECT_RESPONSE, "more than 16384 bytes", true },
	{ "the target goes out untouched", HTTP, "/a/../b//./c?d=%zz&e=[f]{g}|h", 200, "odd",
	    false, ERR_NONE, NULL, true },
	{ "HTT-10: a body that drips (TOP-31)", HTTP, "/drip", 0, NULL, false, ERR_CONNECTION,
	    "Timeout after connect", true },
	{ "HTT-10: a header that drips (TOP-31)", HTTP, "/dripheaders", 0, NULL, false,
	    ERR_CONNECTION, "Timeout after connect", true },
	{ "HTT-10: no answer", HTTP, "/hang", 0, NULL, false, ERR_CONNECTION,
	    "Timeout after connect", true },
	{ "HTT-10: no body", HTTP, "/hangbody", 0, NULL, false, ERR_CONNECTION,
	    "Timeout after connect", true },
	{ "half a body", HTTP, "/short", 0, NULL, false, ERR_CONNECTION, "in the middle", true },
	{ "a connection that ends", HTTP, "/close", 0, NULL, false, ERR_CONNECTION,
	    "without an answer", true },
	{ "a reset", HTTP, "/reset", 0, NULL, false, ERR_CONNECTION, "reset", true },
	{ "text", HTTP, "/text", 0, NULL, false, ERR_INCORRECT_RESPONSE, "not HTTP", true },
	{ "SSH", HTTP, "/ssh", 0, NULL, false, ERR_INCORRECT_RESPONSE, "not HTTP", true },
	{ "refused", REFUSED, "/", 0, NULL, false, ERR_CONNECTION, "Connection refused", false },
	{ "HTT-10: no connection", BLACKHOLE, "/", 0, NULL, false, ERR_CONNECTION,
	    "Timeout during connect", false },
	{ "HTT-06: a certificate of another name, self-signed", HTTPS, "/body", 200, "hello\n",
	    false, ERR_NONE, NULL, true },
	{ "HTT-06: no TLS there", HTTPS_AT_HTTP, "/body", 0, NULL, false, ERR_TLS,
	    "TLS handshake failed", true },
	{ "no TLS in a blackhole", BLACKHOLE, "/tls", 0, NULL, false, ERR_CONNECTION,
	    "Timeout during connect", false },
};

static void
on_done(void *arg, const struct fetch_reply *reply, const struct err *err, bool connected)
{
	struct seen *s = arg;

	s->early |= s->starting;
	s->done++;
	s->at = mono_ms();
	s->connected = connected;
	if (err != NULL)
		s->err = *err;
	if (reply != NULL) {
		s->status = reply->status;
		s->too_long = reply->body_too_long;
		s->nbody = reply->body.n;
		memcpy(s->body, reply->body.p != NULL ? reply->body.p : "", s->nbody);
		if (view_copy(reply->location, s->location, sizeof(s->location)) != 0)
			tap_ok(false, "Location fits");
	}
	(*s->count)++;
}

/* A listener whose queue is full: further connections hang. */
static int
blackhole(unsigned *port)
{
	struct sockaddr_in sin = { .sin_family = AF_INET };
	socklen_t len = sizeof(sin);
	int fd, i, full;

	sin.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if ((fd = socket(AF_INET, SOCK_STREAM, 0)) < 0 ||
	    bind(fd, (struct sockaddr *)&sin, len) != 0 || listen(fd, 0) != 0 ||
	    getsockname(fd, (struct sockaddr *)&sin, &len) != 0)
		tap_ok(false, "blackhole");
	for (i = 0; i < BACKLOG_FILL; i++)
		if ((full = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0)) >= 0)
			(void)connect(full, (struct sockaddr *)&sin, len);
	*port = ntohs(sin.sin_port);
	return fd;
}

static struct fetch_ask
ask_of(const char *host, const char *target, unsigned port, bool https)
{
	struct fetch_ask ask = {
		.url = { .scheme = https ? URL_HTTPS : URL_HTTP, .host = view_of(host),
		    .target = view_of(target) },
		.address = { .family = AF_INET, .bytes = { 127, 0, 0, 1 } },
		.port = (uint16_t)port, .connect_ms = CONNECT_MS, .total_ms = TOTAL_MS,
	};

	return ask;
}

static void
start(struct fetcher *f, struct seen *s, size_t *count, struct fetch_ask ask)
{
	*s = (struct seen){ .count = count, .began = mono_ms(), .starting = true };
	if ((s->fetch = f->start(f, &ask, on_done, s)) == NULL)
		tap_ok(false, "%.*s was started", VIEW_ARG(ask.url.target));
	s->starting = false;
}

static struct fetcher *
fetcher_of(struct stage *st)
{
	struct fetcher *f;
	struct err err = ERR_INIT;

	if (fetcher_curl(st->loop, &st->conf, &f, &err) != 0)
		tap_ok(false, "fetcher: %s", err.inner);
	return f;
}

static bool
row_ok(size_t i, const struct seen *s)
{
	const char *got = s->location[0] != '\0' ? s->location : s->body;

	if (s->done != 1 || s->early || s->connected != rows[i].connected ||
	    s->status != rows[i].status || s->err.kind != rows[i].kind ||
	    s->too_long != rows[i].too_long)
		return false;
	if (rows[i].detail != NULL && strstr(s->err.detail, rows[i].detail) == NULL)
		return false;
	return rows[i].body == NULL || strcmp(got, rows[i].body) == 0;
}

/* All rows at once: none waits for another. */
static void
test_rows(struct stage *st)
{
	struct fetcher *f = fetcher_of(st);
	static struct seen seen[NITEMS(rows)];
	unsigned hole_port, port;
	int hole = blackhole(&hole_port);
	int64_t slowest = 0;
	size_t i, n = 0;

	for (i = 0; i < NITEMS(rows); i++) {
		port = rows[i].where == REFUSED ? 9 : rows[i].where == BLACKHOLE ? hole_port :
		    rows[i].where == HTTPS ? st->https_port : st->http_port;
		start(f, &seen[i], &n, ask_of("a.test", rows[i].target, port,
		    rows[i].where == HTTPS || rows[i].where == HTTPS_AT_HTTP ||
		    strcmp(rows[i].target, "/tls") == 0));
	}
	tap_ok(stage_run(st, &n, NITEMS(rows), tap_ms(10000)), "every fetch ends");
	for (i = 0; i < NITEMS(rows); i++) {
		if (!tap_ok(row_ok(i, &seen[i]), "%s", rows[i].rule))
			tap_diag("status %u, %zu bytes, connected %d, %s: %s", seen[i].status,
			    seen[i].nbody, seen[i].connected, err_kind_name(seen[i].err.kind),
			    seen[i].err.detail);
		if (seen[i].at - seen[i].began > slowest)
			slowest = seen[i].at - seen[i].began;
	}
	tap_ok(slowest < TOTAL_MS + 1000, "HTT-10: all in time");
	(void)close(hole);
	f->free(f);
}

static struct seen
fetch_once(struct stage *st, struct fetch_ask ask)
{
	struct fetcher *f = fetcher_of(st);
	struct seen s;
	size_t n = 0;

	start(f, &s, &n, ask);
	(void)stage_run(st, &n, 1, tap_ms(10000));
	f->free(f);
	return s;
}

static void
test_request(struct stage *st)
{
	static const struct {
		const char	*rule, *field;
		int		 times;		/* in two requests */
	} fields[] = {
		{ "HTT-07: Host without a port", "[\"Host\", \"marked.test\"]", 2 },
		{ "HTT-07: User-Agent names us",
		    "[\"User-Agent\", \"CaaS-validator/" PACKAGE_VERSION
		    " (+https://ca.example)\"]", 2 },
		{ "HTT-07: Accept", "[\"Accept\", \"*/*\"]", 2 },
		{ "HTT-08: no encodings", "[\"Accept-Encoding\", \"identity\"]", 2 },
		{ "HTT-07: Connection: close", "[\"Connection\", \"close\"]", 2 },
		{ "no other field", "\"], [\"", 8 },
	};
	struct seen s;
	size_t i;

	stage_write(st->http_rules, "marked.test / body marked\n");
	if (truncate(st->http_log, 0) != 0)
		tap_ok(false, "truncate");
	s = fetch_once(st, ask_of("marked.test", "/", st->http_port, false));
	tap_is_view(view_from(s.body, s.nbody), VIEW("marked"),
	    "HTT-07: Host is what the URL says, not the address");
	(void)setenv("http_proxy", "http://127.0.0.1:9", 1);
	(void)setenv("ALL_PROXY", "http://127.0.0.1:9", 1);
	s = fetch_once(st, ask_of("marked.test", "/", st->http_port, false));
	(void)unsetenv("http_proxy");
	(void)unsetenv("ALL_PROXY");
	tap_ok(s.status == 200, "no proxy of the environment is used");
	for (i = 0; i < NITEMS(fields); i++)
		tap_is_int((int64_t)stage_count(st->http_log, fields[i].field), fields[i].times,
		    "%s", fields[i].rule);
}

static void
test_gzip(struct stage *st)
{
	struct seen s;

	stage_write(st->http_rules, "* / gzip hello\n");
	s = fetch_once(st, ask_of("a.test", "/", st->http_port, false));
	tap_ok(s.status == 200 && s.nbody > 2 && memcmp(s.body, "\x1f\x8b", 2) == 0,
	    "HTT-08: nothing is decompressed");
}

static void
test_v6(struct stage *st)
{
	struct sockaddr_in6 sin = { .sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT };
	struct fetch_ask ask = ask_of("a.test", "/", 9, false);
	socklen_t len = sizeof(sin);
	struct seen s;
	int fd;

	ask.address = (struct address){ .family = AF_INET6, .bytes = { [15] = 1 } };
	s = fetch_once(st, ask);
	tap_ok(s.err.kind == ERR_CONNECTION && !s.connected, "HTT-09: IPv6, refused");
	if ((fd = socket(AF_INET6, SOCK_STREAM, 0)) < 0 ||
	    bind(fd, (struct sockaddr *)&sin, len) != 0 || listen(fd, 1) != 0 ||
	    getsockname(fd, (struct sockaddr *)&sin, &len) != 0) {
		tap_ok(true, "HTT-09: IPv6, accepted # SKIP no IPv6 here");
		return;
	}
	ask.port = ntohs(sin.sin6_port);
	s = fetch_once(st, ask);
	tap_ok(s.err.kind == ERR_CONNECTION && s.connected, "HTT-09: IPv6, accepted");
	(void)close(fd);
}

/* Nothing ever reads from this listener, so that the handshake hangs. */
static void
test_tls_hang(struct stage *st)
{
	struct sockaddr_in sin = { .sin_family = AF_INET };
	socklen_t len = sizeof(sin);
	struct seen s;
	int fd;

	sin.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if ((fd = socket(AF_INET, SOCK_STREAM, 0)) < 0 ||
	    bind(fd, (struct sockaddr *)&sin, len) != 0 || listen(fd, 8) != 0 ||
	    getsockname(fd, (struct sockaddr *)&sin, &len) != 0)
		tap_ok(false, "listener");
	s = fetch_once(st, ask_of("a.test", "/", ntohs(sin.sin_port), true));
	tap_ok(s.err.kind == ERR_CONNECTION && s.connected &&
	    strstr(s.err.detail, "TLS handshake") != NULL, "HTT-10: a TLS handshake that hangs");
	(void)close(fd);
}

static void
test_old_tls(void)
{
	struct stage old;
	struct seen s;

	stage_open(&old, 120);
	stage_http(&old, "* / body hello\n", "1.1");
	s = fetch_once(&old, ask_of("a.test", "/", old.https_port, true));
	tap_ok(s.err.kind == ERR_TLS && s.connected, "HTT-06: TLS 1.1 is refused");
	stage_close(&old);
}

static void
test_cancel(struct stage *st)
{
	static const char *const targets[] = { "/body", "/hang", "/hangbody", "/dripheaders" };
	struct fetcher *f = fetcher_of(st);
	struct seen s[NITEMS(targets)], other;
	unsigned port;
	int hole = blackhole(&port);
	size_t i, n = 0;

	stage_write(st->http_rules, rules);
	start(f, &s[0], &n, ask_of("a.test", "/body", st->http_port, false));
	f->cancel(f, s[0].fetch);
	for (i = 1; i < NITEMS(targets); i++)
		start(f, &s[i], &n, ask_of("a.test", targets[i], st->http_port, false));
	start(f, &other, &n, ask_of("a.test", "/", port, false));
	(void)stage_run(st, &n, 1, 200);
	for (i = 1; i < NITEMS(targets); i++)
		f->cancel(f, s[i].fetch);
	f->cancel(f, other.fetch);
	start(f, &other, &n, ask_of("a.test", "/body", st->http_port, false));
	(void)stage_run(st, &n, 1, 3000);
	(void)stage_run(st, &n, 2, TOTAL_MS + 200);
	tap_ok(n == 1 && other.status == 200,
	    "cancel: before the start, connecting, waiting, reading; others go on");
	start(f, &s[0], &n, ask_of("a.test", "/hang", st->http_port, false));
	(void)stage_run(st, &n, 2, 50);
	f->free(f);
	tap_ok(n == 1, "free: what is under way is forgotten");
	(void)close(hole);
}

int
main(void)
{
	static char all[sizeof(rules) + 2048];
	struct stage st;

	stage_open(&st, 120);
	(void)snprintf(all, sizeof(all), "%s* /512 body %0512d\n* /513 body %0513d\n", rules,
	    0, 0);
	stage_http(&st, all, NULL);
	test_rows(&st);
	test_request(&st);
	test_gzip(&st);
	test_v6(&st);
	test_tls_hang(&st);
	test_old_tls();
	test_cancel(&st);
	stage_close(&st);
	return tap_done();
}
