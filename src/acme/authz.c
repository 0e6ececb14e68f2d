/* SPDX-License-Identifier: BSD-2-Clause */
/* Authorizations and challenges. */
#include "acme/authz.h"

#include "acme/adn.h"
#include "acme/identifier.h"
#include "acme/limit.h"
#include "acme/order.h"
#include "acme/render.h"
#include "base/base64url.h"
#include "base/random.h"
#include "queue/bell.h"
#include "store/authz.h"

static int
authz_of_path(struct req *r, struct authz *z, struct err *err)
{
	struct service *svc = service_of(r);
	uint64_t id;
	int rc = 0;

	if (token_decode(svc->url_keys, TOKEN_AUTHZ, r->stars[1], &id) == 0)
		rc = authz_get(svc->store->db, r->arena, id, auth_of(r)->account.id, z, err);
	if (rc == 0)
		return err_set(err, ERR_NOT_FOUND, "There is no such authorization");
	return rc < 0 ? -1 : 0;
}

void
authz_fill(struct req *r, const struct ident *id, bool below, struct authz *z)
{
	unsigned offered = chall_offered(id, service_of(r)->challenges);
	uint8_t raw[AUTHZ_TOKEN_BYTES];
	char *token = arena_alloc(r->arena, AUTHZ_TOKEN_LEN + 1);

	random_bytes(raw, sizeof(raw));
	b64u_encode(raw, sizeof(raw), token);
	*z = (struct authz){ .account_id = auth_of(r)->account.id, .ident_type = id->type,
	    .ident_value = id->value, .is_wildcard = id->wildcard, .covers_subdomains = below,
	    .status = AUTHZ_PENDING, .token = view_of(token),
	    .offered = below ? chall_below(offered) : offered,
	    .expires_at = r->now + service_of(r)->conf->order_ttl };
}

int
authz_new(struct req *r, struct err *err)
{
	struct service *svc = service_of(r);
	struct limit_takes takes;
	struct ident id;
	struct authz z;
	bool below;

	if (auth_of(r)->payload == NULL)
		return err_set(err, ERR_MALFORMED, "The payload is empty");
	if (order_check_open(r, err) != 0)
		return -1;
	if (identifier_one(r, &id, &below, err) != 0) {
		/* Unwilling is 403 here (PRE-03). */
		if (err->kind == ERR_REJECTED_IDENTIFIER)
			err->kind = ERR_NOT_SUBSCRIBED;
		return -1;
	}
	if (id.wildcard)
		return err_set(err, ERR_MALFORMED,
		    "A wildcard cannot be authorized before it is ordered");
	/* What may not cover names below is an ordinary one (SUB-03). */
	if ((below && adn_may_cover(r, &id, &below, err) != 0) ||
	    (!below && identifier_check_entitled(r, &id, 1, err) != 0))
		return -1;
	authz_fill(r, &id, below, &z);
	takes = limit_of_authz(r, &id);
	if (authz_create(svc->store, &auth_of(r)->nonce.once, r->arena, &z, &takes, err) != 0)
		return limit_explain(r, &takes, err);
	r->reply.status = 201;
	reply_header(&r->reply, "Location", render_authz_url(r, z.id));
	render_authz(r, &z);
	return 0;
}

static void
free_buf(void *b)
{
	buf_release(b);
}

static int
deactivate(struct req *r, struct authz *z, struct err *err)
{
	struct service *svc = service_of(r);
	struct buf *b = arena_alloc(r->arena, sizeof(*b));
	struct err why;
	struct jsonw w;
	int rc;

	buf_init(b, REPLY_BODY_MAX);
	arena_defer(r->arena, free_buf, b);
	jsonw_init(&w, b);
	(void)err_set(&why, ERR_UNAUTHORIZED, "The authorization for %.*s was deactivated",
	    VIEW_ARG(z->ident_value));
	problem_put(&w, &why, NULL);
	rc = authz_deactivate(svc->store, &auth_of(r)->nonce.once, z,
	    auth_of(r)->account.acme_account_id, buf_view(b), err);
	if (rc == 1)
		z->deactivated_at = r->now;
	else if (rc == 0 && z->deactivated_at == 0)
		return err_set(err, ERR_MALFORMED, "Only pending and valid authorizations "
		    "can be deactivated; this one is %s",
		    authz_status_name(authz_status_at(z, r->now)));
	return rc < 0 ? -1 : 0;
}

int
authz_post(struct req *r, struct err *err)
{
	struct view status;
	struct authz z;

	if (authz_of_path(r, &z, err) != 0)
		return -1;
	if (auth_of(r)->payload != NULL) {
		if (json_need_str(auth_of(r)->payload, "status", &status, err) != 0)
			return -1;
		if (!view_is(status, "deactivated"))
			return err_set(err, ERR_MALFORMED, "An authorization's 'status' can "
			    "only be set to \"deactivated\"");
		if (deactivate(r, &z, err) != 0)
			return -1;
	}
	render_authz(r, &z);
	return 0;
}

/* A challenge whose answer is held back until its validation is over. */
struct waiting {
	struct authz	authz;
	enum chall_type	type;
};

static bool
is_decided(struct req *r, void *arg)
{
	struct waiting *w = arg;
	struct authz now;
	struct err err;

	if (authz_get(service_of(r)->store->db, r->arena, w->authz.id,
	    w->authz.account_id, &now, &err) == 1)
		w->authz = now;
	return w->authz.status != AUTHZ_PENDING;
}

static int
show_waiting(struct req *r, void *arg, struct err *err UNUSED)
{
	struct waiting *w = arg;

	render_challenge(r, &w->authz, w->type);
	return 0;
}

/* The job is in the database by now: wake the validator and hold the answer back. */
static void
hold(struct req *r, const struct authz *z, enum chall_type type, uint64_t job)
{
	struct service *svc = service_of(r);
	struct waiting *w = arena_alloc(r->arena, sizeof(*w));

	w->authz = *z;
	w->authz.active_type = type;
	w->type = type;
	bell_ring(svc->bell, chall_type_name(type), job);
	r->hold = (struct hold){ z->id, svc->conf->hold_ms, is_decided, show_waiting, w };
}

int
challenge_post(struct req *r, struct err *err)
{
	struct service *svc = service_of(r);
	struct auth *auth = auth_of(r);
	enum chall_type type = chall_type_find(r->stars[2]);
	struct job_route route = { svc->conf->host, svc->process };
	struct authz z;
	uint64_t job;

	if (authz_of_path(r, &z, err) != 0)
		return -1;
	if (type == CHALL_NONE || (z.offered & BIT(type)) == 0)
		return err_set(err, ERR_NOT_FOUND, "There is no such challenge");
	if (auth->payload == NULL || z.active_type != CHALL_NONE ||
	    authz_status_at(&z, r->now) != AUTHZ_PENDING) {
		render_challenge(r, &z, type);
		return 0;
	}
	if (order_check_open(r, err) != 0 || authz_respond(svc->store,
	    &auth->nonce.once, &z, type, auth->thumbprint, &route, &job, err) != 0)
		return -1;
	if (job != 0) {
		hold(r, &z, type, job);
		return 0;
	}
	/* Another response was faster: show what it began. */
	if (authz_of_path(r, &z, err) != 0)
		return -1;
	render_challenge(r, &z, type);
	return 0;
}
