/* SPDX-License-Identifier: BSD-2-Clause */
/* The one path that every request takes. */
#include "web/serve.h"
#include "base/clock.h"
#include "base/log.h"

static const struct site *
site_of(const struct req *r, const struct site *sites, size_t n)
{
	size_t i;

	for (i = 0; i + 1 < n; i++)
		if (view_starts(r->path, view_of(sites[i].prefix)))
			break;
	return &sites[i];
}

size_t
serve_body_max(struct req *r, const struct site *sites, size_t n)
{
	struct view stars[ROUTE_STARS_MAX];
	const struct route *route;
	unsigned methods;

	route = route_find(site_of(r, sites, n), r->method, r->path, stars, &methods);
	return route != NULL ? route->body_max : 0;
}

static void
log_request(const struct req *r)
{
	log_event(r->reply.status >= 500 ? LOG_ERR : LOG_INFO, "request",
	    LOGF_V("method", r->method_text),
	    LOGF_V("uri", view_sub(r->uri, 0, 300)),
	    LOGF_U("status", r->reply.status),
	    LOGF_U("bytes", r->reply.body.n),
	    LOGF_I("ms", mono_ms() - r->started_ms),
	    LOGF_V("addr", r->remote_addr),
	    LOGF_V("who", r->who),
	    LOGF_V("agent", view_sub(r->user_agent, 0, 120)));
}

static void
fail(struct req *r, const struct site *site, const struct err *err)
{
	reply_clear(&r->reply);
	r->hold.key = 0;
	r->failed = true;
	site->fail(r, err);
	log_event(err->kind == ERR_INTERNAL ? LOG_ERR : LOG_INFO, "problem",
	    LOGF_S("error", err_kind_name(err->kind)), LOGF_S("detail", err->detail),
	    LOGF_S("inner", err->inner));
}

static void
finish(struct req *r, const struct site *site)
{
	site->finish(r);
	reply_header(&r->reply, "X-Request-Id", view_of(r->id));
	if (buf_failed(&r->reply.body)) {
		reply_clear(&r->reply);
		r->reply.status = 500;
		log_event(LOG_ERR, "reply.too-large", LOGF_V("uri", r->uri));
	}
	log_request(r);
}

/* Answers that need no handler. */
static int
route_error(unsigned methods, struct err *err)
{
	if (methods == 0)
		return err_set(err, ERR_NOT_FOUND, "There is no such resource");
	return err_set(err, ERR_METHOD, "This resource does not take this method");
}

static int
handle(struct req *r, const struct site *site, unsigned methods, struct err *err)
{
	int rc;

	if (r->route == NULL)
		return route_error(methods, err);
	rc = site->gate(r, err);
	if (rc == 0)
		rc = r->route->handler(r, err);
	return site->settle(r, rc, err);
}

void
serve(struct req *r, const struct site *sites, size_t n)
{
	const struct site *site = site_of(r, sites, n);
	struct err err = ERR_INIT;
	unsigned methods;

	log_set_id(r->id);
	r->route = route_find(site, r->method, r->path, r->stars, &methods);
	if (methods != 0 && site->cors)
		methods |= OPTIONS;
	if (r->method == OPTIONS && site->cors && methods != 0) {
		r->reply.status = 204;
		reply_header(&r->reply, "Allow", route_allow(r->arena, methods));
	} else if (handle(r, site, methods, &err) != 0) {
		fail(r, site, &err);
		if (err.kind == ERR_METHOD)
			reply_header(&r->reply, "Allow",
			    route_allow(r->arena, methods));
	}
	if (r->hold.key == 0)
		finish(r, site);
	log_set_id("");
}

void
serve_resume(struct req *r, const struct site *sites, size_t n)
{
	const struct site *site = site_of(r, sites, n);
	struct err err = ERR_INIT;

	log_set_id(r->id);
	r->hold.key = 0;
	if (r->hold.resume(r, r->hold.arg, &err) != 0)
		fail(r, site, &err);
	if (r->hold.key == 0)
		finish(r, site);
	log_set_id("");
}
