/* SPDX-License-Identifier: BSD-2-Clause */
/* Authorizations and challenges. */
#include "acme/authz.h"

#include "acme/order.h"
#include "acme/render.h"
#include "queue/bell.h"
#include "store/order.h"

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

int
authz_read(struct req *r, struct err *err)
{
	struct authz z;

	if (authz_of_path(r, &z, err) != 0)
		return -1;
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

static void
render_waiting(struct req *r, void *arg)
{
	struct waiting *w = arg;

	render_challenge(r, &w->authz, w->type);
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
	r->hold = (struct hold){ z->id, svc->conf->hold_ms, is_decided, render_waiting, w };
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
