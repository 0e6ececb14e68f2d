/* SPDX-License-Identifier: BSD-2-Clause */
/* tls-alpn-01 against a resolver and a handshaker that play from tables. */
#include "tap.h"
#include "fakes.h"

#include <openssl/evp.h>
#include <openssl/x509v3.h>

#include "base/clock.h"
#include "crypto/digest.h"
#include "probe/address.h"
#include "wire/json.h"

#define TIMEOUT_MS	tap_ms(300)
#define CONNECT_MS	tap_ms(100)
#define KEY_AUTHZ	"evaGxfADs6pSRb2LAv9IZf17Dt3juxGJ-PCt92wr-oA.9jg46WB3rR_AHD-EBXdN7cBkH1WOu0tA3M9fm21mqTI"
#define V4		"93.184.216.34"
#define V6		"2606:2800:220:1::1"
#define PUBLIC_A	.type = DNS_TYPE_A, .rdata = { { "\x5d\xb8\xd8\x22", 4 } }, \
			.dnssec = DNSSEC_INSECURE
#define PUBLIC_AAAA	.type = DNS_TYPE_AAAA, .rdata = { \
			{ "\x26\x06\x28\x00\x02\x20\0\x01\0\0\0\0\0\0\0\x01", 16 } }, \
			.dnssec = DNSSEC_INSECURE

static const struct fake_answer answers[] = {
	{ .name = "ok.test", PUBLIC_A },
	{ .name = "both.test", PUBLIC_A }, { .name = "both.test", PUBLIC_AAAA },
	{ .name = "down6.test", PUBLIC_A }, { .name = "down6.test", PUBLIC_AAAA },
	{ .name = "reset6.test", PUBLIC_A }, { .name = "reset6.test", PUBLIC_AAAA },
	{ .name = "private.test", .type = DNS_TYPE_A, .rdata = { { "\x0a\0\0\x01", 4 } } },
	{ .name = "plain.test", PUBLIC_A }, { .name = "wrong.test", PUBLIC_A },
	{ .name = "refused.test", PUBLIC_A }, { .name = "tls.test", PUBLIC_A },
	{ .name = "hang.test", PUBLIC_A }, { .name = "busy.test", PUBLIC_A },
	{ .name = "silent.test", .type = DNS_TYPE_A, .hang = true },
	{ .name = "nx.test", .type = DNS_TYPE_A, .nxdomain = true },
};

/* What a server does; the first row that fits counts, the last one shows the proof. */
static const struct server {
	const char	*server_name;	/* NULL: any */
	const char	*address;	/* NULL: any */
	const char	*shows;		/* the name in the certificate; NULL: the right one */
	bool		 plain;		/* another protocol was selected */
	enum err_kind	 kind;
	const char	*detail;
	bool		 connected;
	bool		 hang;
	bool		 refuse;	/* start() gives NULL */
} servers[] = {
	{ .server_name = "plain.test", .plain = true },
	{ .server_name = "wrong.test", .shows = "other.test" },
	{ .server_name = "refused.test", .kind = ERR_CONNECTION, .detail = "Connection refused" },
	{ .server_name = "tls.test", .kind = ERR_TLS, .detail = "TLS handshake failed",
	    .connected = true },
	{ .server_name = "down6.test", .address = V6, .kind = ERR_CONNECTION,
	    .detail = "Connection refused" },
	{ .server_name = "reset6.test", .address = V6, .kind = ERR_CONNECTION,
	    .detail = "Connection reset", .connected = true },
	{ .server_name = "hang.test", .hang = true },
	{ .server_name = "busy.test", .refuse = true },
	{ .server_name = NULL },
};

enum { NO, YES };

static const struct {
	const char	*rule, *name;
	unsigned	 handshakes;
	bool		 ok, transient;
	enum err_kind	 kind;
	const char	*detail;
} rows[] = {
	{ "ALP-01: the certificate is shown", "ok.test", 1, YES, NO, ERR_NONE, NULL },
	{ "IPv6 comes first", "both.test", 1, YES, NO, ERR_NONE, NULL },
	{ "IPv6 refused, IPv4 answers", "down6.test", 2, YES, NO, ERR_NONE, NULL },
	{ "no fall-back once connected", "reset6.test", 1, NO, YES, ERR_CONNECTION,
	    V6 ": Connection reset" },
	{ "ALP-02: another protocol", "plain.test", 1, NO, NO, ERR_UNAUTHORIZED,
	    V4 ": The server does not speak acme-tls/1" },
	{ "ALP-04: another name", "wrong.test", 1, NO, NO, ERR_UNAUTHORIZED,
	    V4 ": The certificate shown for acme-tls/1 has another name" },
	{ "a refused connection", "refused.test", 1, NO, YES, ERR_CONNECTION,
	    V4 ": Connection refused" },
	{ "a failed handshake", "tls.test", 1, NO, YES, ERR_TLS, V4 ": TLS handshake failed" },
	{ "a server that hangs", "hang.test", 1, NO, YES, ERR_CONNECTION, "Timeout" },
	{ "no sockets", "busy.test", 1, NO, YES, ERR_INTERNAL, NULL },
	{ "SEC-01: a private address", "private.test", 0, NO, NO, ERR_CONNECTION, "10.0.0.1" },
	{ "no such name", "nx.test", 0, NO, YES, ERR_DNS, "NXDOMAIN looking up A for nx.test" },
	{ "silence of DNS", "silent.test", 0, NO, YES, ERR_DNS, "timed out" },
};

struct handshake {
	struct setup		*setup;
	const struct server	*row;
	struct view		 cert;
	handshake_done		 done;
	void			*arg;
	struct loop_timer	 timer;
	bool			 over;
};

struct setup {
	struct loop		*loop;
	struct conf		 conf;
	struct fakes		 fakes;
	struct handshaker	 handshaker;
	struct prober		 prober;
	struct arena		*arena;
	EVP_PKEY		*key;
	struct ident		 ident;
	unsigned		 started, open, wrong;
	char			 server_name[128], address[ADDRESS_TEXT_MAX];
	unsigned		 port;
};

struct run {
	struct probe		*probe;
	unsigned		 done;
	struct verdict		 verdict;
};

static void
add(X509 *x, const char *type, const char *value)
{
	X509_EXTENSION *e = X509V3_EXT_conf(NULL, NULL, type, value);

	if (e == NULL || X509_add_ext(x, e, -1) != 1)
		abort();
	X509_EXTENSION_free(e);
}

/* A certificate as RFC 8737 wants it. */
static struct view
make_cert(struct setup *s, const struct ident *id)
{
	uint8_t digest[SHA256_LEN];
	unsigned char *p = NULL;
	char value[512];
	X509 *x = X509_new();
	struct view out;
	size_t i, n;
	int len;

	sha256(VIEW(KEY_AUTHZ), digest);
	n = (size_t)snprintf(value, sizeof(value), "critical,DER:04:20");
	for (i = 0; i < sizeof(digest); i++)
		n += (size_t)snprintf(value + n, sizeof(value) - n, ":%02x", digest[i]);
	(void)X509_set_version(x, X509_VERSION_3);
	(void)X509_gmtime_adj(X509_getm_notBefore(x), 0);
	(void)X509_gmtime_adj(X509_getm_notAfter(x), 3600);
	(void)X509_set_pubkey(x, s->key);
	add(x, "1.3.6.1.5.5.7.1.31", value);
	(void)snprintf(value, sizeof(value), "%s:%.*s", id->type == IDENT_IP ? "IP" : "DNS",
	    VIEW_ARG(id->value));
	add(x, "subjectAltName", value);
	if (X509_sign(x, s->key, EVP_sha256()) == 0)
		abort();
	len = i2d_X509(x, &p);
	out = arena_view(s->arena, view_from(p, (size_t)len));
	OPENSSL_free(p);
	X509_free(x);
	return out;
}

static void
finish(void *arg)
{
	struct handshake *h = arg;
	const struct server *row = h->row;
	struct handshake_reply reply = { h->cert, !row->plain };
	struct err err = ERR_INIT;

	h->over = true;
	h->setup->open--;
	if (row->hang)
		err_set(&err, ERR_CONNECTION, "Timeout during the TLS handshake");
	else if (row->kind != ERR_NONE)
		err_set(&err, row->kind, "%s", row->detail);
	if (err.kind != ERR_NONE)
		h->done(h->arg, NULL, &err, row->connected || row->hang);
	else
		h->done(h->arg, &reply, NULL, true);
}

static struct handshake *
start(struct handshaker *base, const struct handshake_ask *ask, handshake_done done, void *arg)
{
	struct setup *s = (struct setup *)((char *)base - offsetof(struct setup, handshaker));
	struct handshake *h = arena_alloc(s->arena, sizeof(*h));
	const struct server *row = servers;
	struct ident id = s->ident;

	s->started++;
	s->port = ask->port;
	address_text(&ask->address, s->address);
	if (view_copy(ask->server_name, s->server_name, sizeof(s->server_name)) != 0)
		abort();
	while ((row->server_name != NULL && !view_is(ask->server_name, row->server_name)) ||
	    (row->address != NULL && strcmp(row->address, s->address) != 0))
		row++;
	if (row->refuse)
		return NULL;
	if (row->shows != NULL)
		id.value = view_of(row->shows);
	*h = (struct handshake){ .setup = s, .row = row, .cert = make_cert(s, &id),
	    .done = done, .arg = arg, .timer = { .fn = finish, .arg = h } };
	s->open++;
	loop_timer_set(s->loop, &h->timer, row->hang ? ask->total_ms : 0);
	return h;
}

static void
cancel(struct handshaker *base, struct handshake *h)
{
	struct setup *s = (struct setup *)((char *)base - offsetof(struct setup, handshaker));

	s->wrong += h->over;
	s->open--;
	loop_timer_cancel(s->loop, &h->timer);
}

static void
on_done(void *arg, const struct verdict *v)
{
	struct run *r = arg;

	r->done++;
	r->verdict = *v;
}

static void
begin(struct setup *s, struct run *r, struct probe_ask *ask)
{
	ask->key_authz = VIEW(KEY_AUTHZ);
	fakes_play(&s->fakes, answers, NITEMS(answers), NULL, 0);
	arena_reset(s->arena);
	s->ident = ask->ident;
	s->started = 0;
	*r = (struct run){ .done = 0 };
	r->probe = probe_tlsalpn01.start(&s->prober, s->arena, ask, on_done, r);
}

static void
run(struct setup *s, struct run *r, enum ident_type type, const char *value, bool wildcard)
{
	struct probe_ask ask = { .ident = { type, wildcard, view_of(value) } };
	int64_t until = mono_ms() + tap_ms(2000);

	begin(s, r, &ask);
	while (r->done == 0 && mono_ms() < until)
		loop_run_once(s->loop, 50);
}

static void
test_rows(struct setup *s)
{
	const struct verdict *v;
	struct run r;
	size_t i;

	for (i = 0; i < NITEMS(rows); i++) {
		run(s, &r, IDENT_DNS, rows[i].name, false);
		v = &r.verdict;
		tap_ok(r.done == 1 && v->ok == rows[i].ok && v->transient == rows[i].transient &&
		    v->err.kind == rows[i].kind, "%s: %s", rows[i].rule, v->err.detail);
		tap_is_int(s->started, rows[i].handshakes, "%s: handshakes", rows[i].rule);
		if (rows[i].detail != NULL)
			tap_ok(strstr(v->err.detail, rows[i].detail) != NULL, "%s: the detail",
			    rows[i].rule);
	}
}

static void
test_first(struct setup *s)
{
	struct run r;

	run(s, &r, IDENT_DNS, "ok.test", false);
	tap_is_view(view_of(s->server_name), VIEW("ok.test"), "ALP-01: SNI is the name");
	tap_is_view(view_of(s->address), VIEW(V4), "to the address that was looked up");
	tap_is_int(s->port, 443, "ALP-01: at port 443");
	tap_is_view(r.verdict.adn, VIEW("ok.test"), "VAL-02: the Authorization Domain Name");
	tap_ok(view_icontains(r.verdict.record, VIEW("\"addressUsed\":\"" V4 "\"")),
	    "VAL-07: the record names the address");
	run(s, &r, IDENT_DNS, "ok.test", true);
	tap_ok(r.done == 1 && !r.verdict.ok && s->started == 0, "ALP-08: no wildcards");
}

static void
test_addresses(struct setup *s)
{
	struct run r;

	run(s, &r, IDENT_IP, V4, false);
	tap_ok(r.verdict.ok, "IPI-04: an IPv4 address: %s", r.verdict.err.detail);
	tap_is_view(view_of(s->server_name), VIEW("34.216.184.93.in-addr.arpa"),
	    "IPI-04: its reverse name is SNI");
	run(s, &r, IDENT_IP, V6, false);
	tap_ok(r.verdict.ok, "IPI-04: an IPv6 address: %s", r.verdict.err.detail);
	tap_is_view(view_of(s->server_name), VIEW("1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.0.0.2.2.0."
	    "0.0.8.2.6.0.6.2.ip6.arpa"), "IPI-04: its reverse name is SNI");
	run(s, &r, IDENT_IP, "10.0.0.1", false);
	tap_ok(!r.verdict.ok && r.verdict.err.kind == ERR_CONNECTION && s->started == 0,
	    "SEC-01: a private address is not connected to");
}

static void
test_cancel(struct setup *s)
{
	static const char *const hosts[] = { "ok.test", "hang.test", "silent.test" };
	struct probe_ask ask = { .ident = { .type = IDENT_DNS } };
	size_t i, m, late = 0;
	int64_t until;
	struct run r;

	for (i = 0; i < NITEMS(hosts); i++)
		for (m = 0; m < 3; m++) {
			ask.ident.value = view_of(hosts[i]);
			begin(s, &r, &ask);
			until = mono_ms() + (int64_t)m * 15;
			while (mono_ms() < until && r.done == 0)
				loop_run_once(s->loop, until - mono_ms());
			if (r.done != 0)
				continue;
			probe_tlsalpn01.cancel(r.probe);
			loop_run_once(s->loop, 1);
			late += r.done;
		}
	tap_ok(late == 0 && s->open == 0 && s->wrong == 0 && s->fakes.open == 0,
	    "cancel: nothing stays under way and no verdict comes");
}

int
main(void)
{
	struct setup s = {
		.conf = { .http_timeout_ms = TIMEOUT_MS, .http_connect_timeout_ms = CONNECT_MS,
		    .dns_timeout_ms = TIMEOUT_MS, .tlsalpn01_port = 443 },
		.handshaker = { start, cancel, NULL },
	};

	s.loop = loop_new();
	s.arena = arena_new();
	s.key = EVP_EC_gen("P-256");
	fakes_init(&s.fakes, s.loop);
	s.prober = (struct prober){ s.loop, &s.fakes.resolver, &s.fakes.fetcher, &s.handshaker,
	    &s.conf };
	tap_ok(probe_method_find(VIEW("tls-alpn-01")) == &probe_tlsalpn01,
	    "tls-alpn-01 is a method");
	test_rows(&s);
	test_first(&s);
	test_addresses(&s);
	test_cancel(&s);
	fakes_release(&s.fakes);
	EVP_PKEY_free(s.key);
	arena_free(s.arena);
	loop_free(s.loop);
	return tap_done();
}
