/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * http-01: the key authorization is at the well-known place of the web server
 * (RFC 8555 s8.3; HTT-01..14).  Every hop is resolved and checked anew, and
 * connected to exactly the address that was checked (SEC-01).
 */
#include "probe/probe.h"

#include <stdarg.h>

#include "base/clock.h"
#include "crypto/digest.h"
#include "probe/address.h"
#include "probe/excerpt.h"
#include "probe/hops.h"
#include "probe/target.h"

#define PORT_HTTP	80
#define PORT_HTTPS	443
#define URL_SHOWN_MAX	200	/* bytes of a URL in an error */

struct probe {
	const struct prober	*pr;
	struct arena		*arena;
	const struct probe_ask	*ask;
	probe_done		 done;
	void			*arg;
	int64_t			 deadline;	/* mono_ms() */
	struct loop_timer	 timer;		/* to begin; then ends a look-up in time */
	struct host_query	*host;		/* under way */
	struct fetch		*fetch;		/* under way */
	struct hops		 hops;
	struct hop		*hop;		/* the last one */
	struct target		 target;
	struct verdict		 verdict;
};

static void	connect_to(struct probe *, const struct address *);

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

/* The fault is the client's to mend; a new try sees the same. */
static void PRINTF(3, 4)
refuse(struct probe *p, enum err_kind kind, const char *why, ...)
{
	char shown[URL_SHOWN_MAX], from[ADDRESS_TEXT_MAX] = "";
	char text[ERR_DETAIL_MAX];
	va_list ap;

	va_start(ap, why);
	(void)vsnprintf(text, sizeof(text), why, ap);
	va_end(ap);
	if (p->hop == NULL) {
		err_set(&p->verdict.err, kind, "%s", text);
		end(p);
		return;
	}
	excerpt(p->hop->text, shown, sizeof(shown));
	if (p->hop->ntried != 0)
		address_text(&p->hop->tried[p->hop->ntried - 1], from);
	err_set(&p->verdict.err, kind, "%s%s%s: %s", from, *from != '\0' ? ": " : "",
	    shown, text);
	end(p);
}

/* As refuse(), for what may be better the next time. */
static void
fail(struct probe *p, const struct err *err)
{
	p->verdict.transient = true;
	if (err->kind == ERR_DNS || err->kind == ERR_INTERNAL) {
		p->verdict.err = *err;
		end(p);
		return;
	}
	refuse(p, err->kind, "%s", err->detail);
}

static void
on_host(void *arg, const struct host *host)
{
	struct probe *p = arg;
	enum dnssec_state so_far = p->verdict.dnssec;
	struct err err = ERR_INIT;

	p->host = NULL;
	loop_timer_cancel(p->pr->loop, &p->timer);
	p->hop->host = host;
	p->verdict.dnssec = p->hops.n == 1 ? host->dnssec :
	    dnssec_weaker(so_far, host->dnssec);
	if (host->err.kind != ERR_NONE)
		fail(p, &host->err);
	else if (target_choose(p->pr->conf, p->hop->url.host, host, &p->target, &err) != 0)
		refuse(p, err.kind, "%s", err.detail);
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
	    VIEW_ARG(p->hop->url.host));
	fail(p, &err);
}

/* A literal is for identifiers that are addresses (HTT-05). */
static void
use_literal(struct probe *p)
{
	struct address *a = arena_alloc(p->arena, sizeof(*a));

	if (p->ask->ident.type != IDENT_IP)
		refuse(p, ERR_CONNECTION, "Redirect to an IP address");
	else if (address_parse(p->hop->url.host, a) != 0 ||
	    !target_is_allowed(p->pr->conf, a))
		refuse(p, ERR_CONNECTION, "The address is not public");
	else {
		p->target = (struct target){ a, NULL };
		connect_to(p, a);
	}
}

/*
 * Only the ports of http and https, whether implied or written (HTT-04, VAL-06);
 * tests may move them by configuration.  0: another one.
 */
static uint16_t
port_of(const struct probe *p, const struct url *url)
{
	bool https = url->scheme == URL_HTTPS;
	uint16_t standard = https ? PORT_HTTPS : PORT_HTTP;
	uint16_t ours = (uint16_t)(https ? p->pr->conf->tlsalpn01_port :
	    p->pr->conf->http01_port);

	if (url->port == 0 || url->port == standard || url->port == ours)
		return ours;
	return 0;
}

static void
go_to(struct probe *p, struct url url)
{
	uint16_t asked = url.port, port = port_of(p, &url);
	struct view text;
	bool seen;

	url.port = 0;		/* one spelling for the loop check, none in Host */
	text = url_text(p->arena, &url);
	seen = hops_seen(&p->hops, text);
	if (port == 0)
		refuse(p, ERR_CONNECTION, "Redirect to port %u; only 80 and 443 are "
		    "allowed", asked);
	else if (seen)
		refuse(p, ERR_CONNECTION, "Redirect loop");
	else if (p->hops.n == NITEMS(p->hops.v))
		refuse(p, ERR_CONNECTION, "More than %d redirects", HTTP01_REDIRECT_MAX);
	else {
		p->hop = hops_add(&p->hops);
		p->hop->url = url;
		p->hop->text = text;
		p->hop->port = port;
		if (url.host_is_ip) {
			use_literal(p);
			return;
		}
		p->host = host_start(p->pr, p->arena, url.host, on_host, p);
		p->timer.fn = on_late;
		loop_timer_set(p->pr->loop, &p->timer, time_left(p));
	}
}

static void
follow(struct probe *p, const struct fetch_reply *reply)
{
	struct err err = ERR_INIT;
	struct url next;

	if (reply->location.n == 0)
		refuse(p, ERR_UNAUTHORIZED, "Status %u without a Location", reply->status);
	else if (url_parse_redirect(p->arena, reply->location, &p->hop->url, &next,
	    &err) != 0)
		refuse(p, err.kind, "%s", err.detail);
	else
		go_to(p, next);
}

static struct view
trim_right(struct view v)
{
	while (v.n != 0 && view_has(VIEW(" \t\r\n\v\f"), v.p[v.n - 1]))
		v.n--;
	return v;
}

static void
compare(struct probe *p, const struct fetch_reply *reply)
{
	struct view body = trim_right(reply->body);
	char shown[EXCERPT_MAX];

	if (reply->body_too_long) {
		refuse(p, ERR_UNAUTHORIZED, "Invalid response: longer than %d bytes",
		    HTTP01_BODY_MAX);
		return;
	}
	if (!secret_equal(body, p->ask->key_authz)) {
		excerpt(body, shown, sizeof(shown));
		refuse(p, ERR_INCORRECT_RESPONSE, "The key authorization there is not "
		    "this challenge's: \"%s\"", shown);
		return;
	}
	p->verdict.ok = true;
	end(p);
}

static void
on_fetch(void *arg, const struct fetch_reply *reply, const struct err *err,
    bool connected)
{
	struct probe *p = arg;
	const struct address *v4 = p->target.fallback;

	p->fetch = NULL;
	p->target.fallback = NULL;
	if (err != NULL && !connected && v4 != NULL && time_left(p) > 0) {
		connect_to(p, v4);
		return;
	}
	if (err != NULL) {
		if (err->kind == ERR_INCORRECT_RESPONSE)
			refuse(p, err->kind, "%s", err->detail);
		else
			fail(p, err);
		return;
	}
	p->hop->status = reply->status;
	switch (reply->status) {
	case 200:
		compare(p, reply);
		break;
	case 301:
	case 302:
	case 307:
	case 308:
		follow(p, reply);
		break;
	default:
		refuse(p, ERR_UNAUTHORIZED, "Invalid response: %u", reply->status);
		break;
	}
}

static void
connect_to(struct probe *p, const struct address *a)
{
	struct fetcher *f = p->pr->fetcher;
	struct fetch_ask ask = { .url = p->hop->url, .address = *a, .port = p->hop->port };
	struct err err = ERR_INIT;

	p->hop->tried[p->hop->ntried++] = *a;
	ask.total_ms = time_left(p);
	ask.connect_ms = target_connect_ms(p->pr->conf, &p->target, ask.total_ms);
	if ((p->fetch = f->start(f, &ask, on_fetch, p)) == NULL) {
		err_internal(&err, "the fetcher takes no request");
		fail(p, &err);
	}
}

static void
begin(void *arg)
{
	struct probe *p = arg;
	const struct probe_ask *ask = p->ask;
	struct url url = { .scheme = URL_HTTP, .host = ask->ident.value };

	if (ask->ident.wildcard) {	/* HTT-12 */
		refuse(p, ERR_MALFORMED, "http-01 does not prove control of wildcards");
		return;
	}
	url.host_is_ip = ask->ident.type == IDENT_IP;
	url.target = view_of(arena_printf(p->arena, "/.well-known/acme-challenge/%.*s",
	    VIEW_ARG(ask->token)));
	go_to(p, url);
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
	if (p->fetch != NULL)
		p->pr->fetcher->cancel(p->pr->fetcher, p->fetch);
}

const struct probe_method probe_http01 = { "http-01", start, cancel };
