/* SPDX-License-Identifier: BSD-2-Clause */
/* Orders: from a list of names to rows. */
#include "acme/order.h"

#include "acme/adn.h"
#include "acme/identifier.h"
#include "acme/limit.h"
#include "acme/profile.h"
#include "acme/renewal.h"
#include "acme/render.h"
#include "store/order.h"

int
order_check_open(const struct req *r, struct err *err)
{
	const struct account *acct = &auth_of(r)->account;
	const struct conf *conf = service_of(r)->conf;

	if (acct->status == ACCOUNT_SUSPENDED)
		return err_set(err, ERR_UNAUTHORIZED,
		    "The account is suspended: ask your provider");
	if (acct->binding_status != BINDING_USABLE)
		return err_set(err, ERR_UNAUTHORIZED,
		    "The external account binding of this account is %s: ask your provider",
		    acct->binding_status == BINDING_SUSPENDED ? "suspended" : "deactivated");
	/* By newAccount with its key it agrees to them (RFC 8555 s7.3.3). */
	if (conf->terms_enforced && !view_is(acct->tos_url, conf->terms_url))
		return err_set(err, ERR_USER_ACTION_REQUIRED, "The terms of service have changed: "
		    "register the account again, and agree to %s", conf->terms_url);
	return 0;
}

static void
free_buf(void *b)
{
	buf_release(b);
}

static struct view
pack(struct arena *a, const struct ident *ids, size_t n)
{
	struct buf *b = arena_alloc(a, sizeof(*b));

	buf_init(b, ORDER_IDENTS_MAX * (NAME_MAX_BYTES + 8));
	arena_defer(a, free_buf, b);
	ident_pack(b, ids, n);
	return buf_view(b);
}

int
order_new(struct req *r, struct err *err)
{
	struct service *svc = service_of(r);
	struct auth *auth = auth_of(r);
	const struct client client = { r->user_agent, r->remote_addr };
	struct order o = { .status = ORDER_PENDING };
	struct limit_takes takes;
	struct identifiers ids;
	struct authz *authzs;
	size_t n;

	if (auth->payload == NULL)
		return err_set(err, ERR_MALFORMED, "The payload is empty");
	/* The certificate would not be what was asked for (STA-04). */
	if (json_member(auth->payload, "auto-renewal") != NULL)
		return err_set(err, ERR_MALFORMED, "Orders that renew themselves (RFC 8739) are "
		    "not offered");
	if (order_check_open(r, err) != 0 || identifier_list(r, &ids, err) != 0 ||
	    identifier_check_entitled(r, ids.v, ids.n, err) != 0 ||
	    profile_choose(r, ids.v, ids.n, &o, err) != 0 ||
	    renewal_predecessor(r, ids.v, ids.n, &o.replaces, &o.replaced, err) != 0)
		return -1;
	o.account_id = auth->account.id;
	o.created_at = r->now;
	o.expires_at = r->now + svc->conf->order_ttl;
	o.idents = pack(r->arena, ids.v, ids.n);
	if (adn_choose(r, &o, &ids, &authzs, &n, err) != 0)
		return -1;
	takes = limit_of_order(r, &o, &ids, authzs, n);
	if (order_create(svc->store, &auth->nonce.once, r->arena, auth->account.binding_id,
	    &o, ids.v, ids.n, authzs, n, &client, &takes, err) != 0)
		return limit_explain(r, &takes, err);
	r->reply.status = 201;
	render_order(r, &o);
	return 0;
}

/* What a reused authorization no longer gives, the order has lost (ORD-11). */
static void
lose(struct req *r, struct order *o)
{
	struct buf *b = arena_alloc(r->arena, sizeof(*b));
	struct err why;
	struct jsonw w;

	buf_init(b, REPLY_BODY_MAX);
	arena_defer(r->arena, free_buf, b);
	jsonw_init(&w, b);
	(void)err_set(&why, ERR_UNAUTHORIZED,
	    "An authorization of the order is no longer valid");
	problem_put(&w, &why, NULL);
	o->status = ORDER_INVALID;
	o->error = buf_view(b);
}

/* Orders know their own authorizations; those of earlier orders are looked at. */
static int
judge_reused(struct req *r, struct order *o, struct err *err)
{
	enum order_status status = order_status_at(o, r->now);
	struct freshness f;
	size_t i;
	int rc;

	if (status != ORDER_PENDING && status != ORDER_READY)
		return 0;
	for (i = 0; i < order_nauthzs(o); i++) {
		rc = authz_freshness(service_of(r)->store->db, r->arena, order_authz(o, i),
		    o->account_id, &f, err);
		if (rc < 0)
			return -1;
		if (rc == 0 || f.deactivated_at != 0 || f.expires_at <= r->now ||
		    (f.status != AUTHZ_VALID && f.status != AUTHZ_PENDING)) {
			lose(r, o);
			return 0;
		}
	}
	return 0;
}

int
order_of_path(struct req *r, struct order *o, struct err *err)
{
	struct service *svc = service_of(r);
	uint64_t id;
	int rc = 0;

	/* A foreign order and a missing one are the same answer (TRN-20). */
	if (token_decode(svc->url_keys, TOKEN_ORDER, r->stars[1], &id) == 0)
		rc = order_get(svc->store->db, r->arena, id, auth_of(r)->account.id, o, err);
	if (rc == 0)
		return err_set(err, ERR_NOT_FOUND, "There is no such order");
	if (rc < 0)
		return -1;
	return o->reused != 0 ? judge_reused(r, o, err) : 0;
}

int
order_read(struct req *r, struct err *err)
{
	struct order o;

	if (order_of_path(r, &o, err) != 0)
		return -1;
	render_order(r, &o);
	return 0;
}
