/* SPDX-License-Identifier: BSD-2-Clause */
/* The hooks that every ACME request passes. */
#include "auth/gate.h"

#include "auth/jws_auth.h"
#include "auth/servers.h"

/* The second segment of the path, whether or not a route has the rest. */
static struct view
server_name(const struct req *r)
{
	struct view rest = view_sub(r->path, sizeof("/v2/") - 1, r->path.n);

	return view_cut(&rest, '/');
}

/* The server of the path, for URLs in whatever the answer is. */
static int
find_server(struct req *r, struct auth *auth, struct err *err)
{
	struct service *svc = service_of(r);
	int rc;

	rc = servers_find(svc->servers, svc->store, r->arena, server_name(r),
	    &auth->server, err);
	if (rc < 0)
		return -1;
	if (rc == 0)
		return err_set(err, ERR_NOT_FOUND,
		    "There is no ACME server of that name here");
	auth->base.server = auth->server.name;
	return 0;
}

static struct auth *
auth_new(struct req *r)
{
	struct auth *auth = arena_alloc(r->arena, sizeof(*auth));

	auth->base.base = view_of(service_of(r)->conf->base_url);
	r->auth = auth;
	return auth;
}

int
gate_enter(struct req *r, struct err *err)
{
	struct auth *auth = auth_new(r);

	auth->wants_nonce = r->method == POST;
	if (!r->https)
		return err_set(err, ERR_UNAUTHORIZED, "HTTPS is required");
	if (find_server(r, auth, err) != 0)
		return -1;
	return r->method == POST ? jws_auth(r, auth, err) : 0;
}

int
gate_settle(struct req *r, int rc, struct err *err)
{
	struct auth *auth = auth_of(r);
	struct err spend_err;

	if (auth == NULL || !auth->verified || auth->nonce.once.done)
		return rc;
	/*
	 * The handler spent nothing: it refused, or its transaction was rolled back.
	 * A nonce that was used before wins over whatever it said.
	 */
	if (tx_once(service_of(r)->store->db, &auth->nonce.once, &spend_err) != 0) {
		*err = spend_err;
		return -1;
	}
	return rc;
}

void
gate_fail(struct req *r, const struct err *err)
{
	struct auth *auth = auth_of(r);
	struct err ignored;
	struct jsonw w;

	/* No route took it; its server, if there is one, still links to its directory. */
	if (auth == NULL) {
		auth = auth_new(r);
		(void)find_server(r, auth, &ignored);
	}
	auth->wants_nonce = auth->wants_nonce || r->method == POST;
	if (err->kind == ERR_BAD_SIGNATURE_ALGORITHM)
		auth->extra.algorithms = sig_alg_names;
	r->reply.status = problem_status(err->kind);
	reply_type(&r->reply, "application/problem+json");
	if (err->retry_after_s != 0)
		reply_header_printf(&r->reply, "Retry-After", "%u", err->retry_after_s);
	if (err->kind == ERR_CONFLICT && auth->location.n != 0)
		reply_header(&r->reply, "Location", auth->location);
	if (err->kind == ERR_USER_ACTION_REQUIRED) {
		auth->extra.instance = view_of(service_of(r)->conf->terms_url);
		reply_header_printf(&r->reply, "Link", "<%s>;rel=\"terms-of-service\"",
		    service_of(r)->conf->terms_url);
	}
	jsonw_init(&w, &r->reply.body);
	problem_put(&w, err, &auth->extra);
}

static void
put_nonce(struct req *r)
{
	char nonce[TOKEN_LEN + 1];
	struct err err;

	/* Without a database there are no nonces; the answer says so anyway. */
	if (nonce_issue(service_of(r), r->now, nonce, &err) == 0)
		reply_header(&r->reply, "Replay-Nonce",
		    arena_view(r->arena, view_of(nonce)));
}

void
gate_finish(struct req *r)
{
	const struct auth *auth = auth_of(r);
	struct reply *reply = &r->reply;

	reply_header(reply, "Access-Control-Allow-Origin", VIEW("*"));
	reply_header(reply, "Access-Control-Expose-Headers",
	    VIEW("Link, Replay-Nonce, Location, Retry-After"));
	if (r->method == OPTIONS) {
		reply_header(reply, "Access-Control-Allow-Methods",
		    VIEW("GET, HEAD, POST, OPTIONS"));
		reply_header(reply, "Access-Control-Allow-Headers", VIEW("Content-Type"));
		reply_header(reply, "Access-Control-Max-Age", VIEW("86400"));
		return;
	}
	/* "index" comes last: some clients take the first Link (CLI-52). */
	if (auth != NULL && auth->base.server.n != 0 && !auth->is_directory)
		reply_header_printf(reply, "Link", "<%.*s>;rel=\"index\"",
		    VIEW_ARG(url_directory(r->arena, &auth->base)));
	if (auth != NULL && auth->wants_nonce)
		put_nonce(r);
	if (auth != NULL && auth->max_age != 0 && reply->status == 200)
		reply_header_printf(reply, "Cache-Control", "public, max-age=%lld",
		    (long long)auth->max_age);
	else
		reply_header(reply, "Cache-Control", VIEW("no-store"));
	reply_header(reply, "X-Content-Type-Options", VIEW("nosniff"));
}
