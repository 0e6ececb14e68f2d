/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tls-alpn-01: the server at port 443 shows a certificate that carries the
 * digest of the key authorization (RFC 8737, RFC 8738 s6; ALP-01..10).
 */
#include "probe/probe.h"

#include "base/clock.h"
#include "crypto/alpncert.h"
#include "probe/address.h"
#include "probe/hops.h"
#include "probe/target.h"

#define REVERSE_NAME_MAX	80	/* 32 nibbles with dots, and ip6.arpa */

struct probe {
	const struct prober	*pr;
	struct arena		*arena;
	const struct probe_ask	*ask;
	probe_done		 done;
	void			*arg;
	int64_t			 deadline;	/* mono_ms() */
	struct loop_timer	 timer;		/* to begin; then ends a look-up in time */
	struct host_query	*host;		/* under way */
	struct handshake	*handshake;	/* under way */
	struct hops		 hops;
	struct hop		*hop;		/* the only one */
	struct target		 target;
	struct verdict		 verdict;
};

static int64_t
time_left(const struct probe *p)
{
	return p->deadline - mono_ms();
}

static void
end(struct probe *p)
{
	struct verdict *v = &p->verdict;

	loop_timer_cancel(p->pr->loop, &p->timer);
	v->adn = p->ask->ident.value;
	v->record = hops_record(p->arena, &p->hops, v->ok ? NULL : &v->err);
	p->done(p->arg, v);
}

/* transient: it may be better the next time. */
static void
fail(struct probe *p, const struct err *err, bool transient)
{
	char from[ADDRESS_TEXT_MAX];

	p->verdict.transient = transient;
	p->verdict.err = *err;
	if (p->hop != NULL && p->hop->ntried != 0 && err->kind != ERR_INTERNAL) {
		address_text(&p->hop->tried[p->hop->ntried - 1], from);
		err_set(&p->verdict.err, err->kind, "%s: %s", from, err->detail);
		(void)err_inner(&p->verdict.err, "%s", err->inner);
	}
	end(p);
}

static void
judge(struct probe *p, const struct handshake_reply *reply)
{
	uint8_t digest[SHA256_LEN];
	struct err err = ERR_INIT;

	sha256(p->ask->key_authz, digest);
	if (!reply->acme)
		err_set(&err, ERR_UNAUTHORIZED, "The server does not speak acme-tls/1");
	else if (alpncert_check(reply->cert, &p->ask->ident, digest, &err) == 0)
		p->verdict.ok = true;
	if (p->verdict.ok)
		end(p);
	else
		fail(p, &err, false);
}

static void	connect_to(struct probe *, const struct address *);

static void
on_handshake(void *arg, const struct handshake_reply *reply, const struct err *err,
    bool connected)
{
	struct probe *p = arg;
	const struct address *v4 = p->target.fallback;

	p->handshake = NULL;
	p->target.fallback = NULL;
	if (err == NULL)
		judge(p, reply);
	else if (!connected && v4 != NULL && time_left(p) > 0)
		connect_to(p, v4);
	else
		fail(p, err, err->kind != ERR_UNAUTHORIZED);
}

/* The name that SNI gives for an address: its reverse name (IPI-04). */
static struct view
server_name(struct probe *p)
{
	static const char digits[] = "0123456789abcdef";
	char text[REVERSE_NAME_MAX], *at = text;
	const uint8_t *b = p->hop->tried[0].bytes;
	int i;

	if (p->ask->ident.type == IDENT_DNS)
		return p->ask->ident.value;
	if (p->hop->tried[0].family == AF_INET)
		return view_of(arena_printf(p->arena, "%u.%u.%u.%u.in-addr.arpa", b[3], b[2],
		    b[1], b[0]));
	for (i = 15; i >= 0; i--) {
		*at++ = digits[b[i] & 15];
		*at++ = '.';
		*at++ = digits[b[i] >> 4];
		*at++ = '.';
	}
	return view_of(arena_printf(p->arena, "%.*sip6.arpa", (int)(at - text), text));
}

static void
connect_to(struct probe *p, const struct address *a)
{
	struct handshaker *h = p->pr->handshaker;
	struct handshake_ask ask = { .address = *a, .port = p->hop->port,
	    .total_ms = time_left(p) };
	struct err err = ERR_INIT;

	p->hop->tried[p->hop->ntried++] = *a;
	ask.server_name = server_name(p);
	ask.connect_ms = target_connect_ms(p->pr->conf, &p->target, ask.total_ms);
	if ((p->handshake = h->start(h, &ask, on_handshake, p)) == NULL) {
		err_internal(&err, "no handshake can be begun");
		fail(p, &err, true);
	}
}

static void
on_host(void *arg, const struct host *host)
{
	struct probe *p = arg;
	struct err err = ERR_INIT;

	p->host = NULL;
	loop_timer_cancel(p->pr->loop, &p->timer);
	p->hop->host = host;
	p->verdict.dnssec = host->dnssec;
	if (host->err.kind != ERR_NONE)
		fail(p, &host->err, true);
	else if (target_choose(p->pr->conf, p->ask->ident.value, host, &p->target, &err) != 0)
		fail(p, &err, false);
	else
		connect_to(p, p->target.first);
}

static void
on_late(void *arg)
{
	struct probe *p = arg;
	struct err err = ERR_INIT;

	host_cancel(p->host);
	p->host = NULL;
	err_set(&err, ERR_DNS, "DNS problem: query timed out looking up A for %.*s",
	    VIEW_ARG(p->ask->ident.value));
	fail(p, &err, true);
}

static void
begin_address(struct probe *p)
{
	struct address *a = arena_alloc(p->arena, sizeof(*a));
	struct err err = ERR_INIT;

	if (address_parse(p->ask->ident.value, a) != 0 || !target_is_allowed(p->pr->conf, a)) {
		err_set(&err, ERR_CONNECTION, "The address is not public");
		fail(p, &err, false);
		return;
	}
	p->target = (struct target){ a, NULL };
	connect_to(p, a);
}

static void
begin(void *arg)
{
	struct probe *p = arg;
	const struct ident *id = &p->ask->ident;
	struct err err = ERR_INIT;

	if (id->wildcard) {	/* ALP-08 */
		err_set(&err, ERR_MALFORMED, "tls-alpn-01 does not prove control of wildcards");
		fail(p, &err, false);
		return;
	}
	p->hop = hops_add(&p->hops);
	p->hop->url.host = id->value;
	p->hop->port = (uint16_t)p->pr->conf->tlsalpn01_port;
	if (id->type == IDENT_IP) {
		begin_address(p);
		return;
	}
	p->host = host_start(p->pr, p->arena, id->value, on_host, p);
	p->timer.fn = on_late;
	loop_timer_set(p->pr->loop, &p->timer, time_left(p));
}

static struct probe *
start(const struct prober *pr, struct arena *arena, const struct probe_ask *ask,
    probe_done done, void *arg)
{
	struct probe *p = arena_alloc(arena, sizeof(*p));

	p->pr = pr;
	p->arena = arena;
	p->ask = ask;
	p->done = done;
	p->arg = arg;
	p->deadline = mono_ms() + pr->conf->http_timeout_ms;
	p->timer.fn = begin;
	p->timer.arg = p;
	loop_timer_set(pr->loop, &p->timer, 0);
	return p;
}

static void
cancel(struct probe *p)
{
	loop_timer_cancel(p->pr->loop, &p->timer);
	if (p->host != NULL)
		host_cancel(p->host);
	if (p->handshake != NULL)
		p->pr->handshaker->cancel(p->pr->handshaker, p->handshake);
}

const struct probe_method probe_tlsalpn01 = { "tls-alpn-01", start, cancel };
