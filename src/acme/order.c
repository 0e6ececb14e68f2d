/* SPDX-License-Identifier: BSD-2-Clause */
/* Orders: from a list of names to rows. */
#include "acme/order.h"

#include "acme/render.h"
#include "base/base64url.h"
#include "base/random.h"
#include "store/order.h"
#include "store/subscription.h"

/* Bytes of a refused identifier in its subproblem. */
#define IDENT_TYPE_SHOWN	32
#define IDENT_VALUE_SHOWN	(NAME_MAX_BYTES + 2)

int
order_check_open(const struct req *r, struct err *err)
{
	const struct account *acct = &auth_of(r)->account;

	if (acct->status == ACCOUNT_SUSPENDED)
		return err_set(err, ERR_UNAUTHORIZED,
		    "The account is suspended: ask your provider");
	if (acct->binding_status != BINDING_USABLE)
		return err_set(err, ERR_UNAUTHORIZED,
		    "The external account binding of this account is %s: ask your provider",
		    acct->binding_status == BINDING_SUSPENDED ? "suspended" : "deactivated");
	return 0;
}

int
order_check_entitled(struct req *r, const struct ident *ids, size_t n,
    struct err *err)
{
	struct service *svc = service_of(r);
	struct err bad = ERR_INIT;
	struct view text;
	size_t i;
	int rc;

	(void)err_set(&bad, ERR_NOT_SUBSCRIBED,
	    "The subscription does not hold every name of the order");
	for (i = 0; i < n; i++) {
		rc = subscription_entitles(svc->store->db, auth_of(r)->account.binding_id,
		    r->now, &ids[i], svc->conf->wildcard_covers_names, err);
		if (rc < 0)
			return -1;
		text = ident_text(r->arena, &ids[i]);
		if (rc == 0)
			err_sub(&bad, r->arena, ident_type_name(ids[i].type), text,
			    ERR_NOT_SUBSCRIBED,
			    "%.*s is not in an active subscription", VIEW_ARG(text));
	}
	if (bad.nsubs == 0)
		return 0;
	*err = bad;
	return -1;
}

/* The kind of the whole: that of its parts where they agree (ORD-05). */
static void
note_bad(struct err *bad, struct arena *a, struct view type, struct view value,
    const struct err *why)
{
	err_sub(bad, a, arena_str(a, view_sub(type, 0, IDENT_TYPE_SHOWN)),
	    view_sub(value, 0, IDENT_VALUE_SHOWN), why->kind, "%s", why->detail);
	if (bad->nsubs == 1)
		bad->kind = why->kind;
	else if (bad->kind != why->kind)
		bad->kind = ERR_MALFORMED;
}

static int
check_ident(struct req *r, struct view type, struct view value, struct ident *out,
    struct err *err)
{
	if (!view_is(type, "dns"))
		return err_set(err, ERR_UNSUPPORTED_IDENTIFIER,
		    "Identifiers of this type are not supported");
	if (ident_parse(r->arena, type, value, out, err) != 0)
		return -1;
	return names_check(service_of(r)->names, out, err);
}

/* One element of "identifiers"; a name that is refused is noted and left out. */
static int
parse_ident(struct req *r, const struct json *v, struct ident *ids, size_t *n,
    struct err *bad, struct err *err)
{
	struct view type, value;
	struct err why;

	if (json_kind(v) != JSON_OBJECT)
		return err_set(err, ERR_MALFORMED, "An identifier is not an object");
	if (json_need_str(v, "type", &type, err) != 0 ||
	    json_need_str(v, "value", &value, err) != 0)
		return -1;
	if (check_ident(r, type, value, &ids[*n], &why) == 0) {
		(*n)++;
		return 0;
	}
	if (why.kind == ERR_INTERNAL) {
		*err = why;
		return -1;
	}
	note_bad(bad, r->arena, type, value, &why);
	return 0;
}

static int
parse_idents(struct req *r, struct ident **out, size_t *n, struct err *err)
{
	struct err bad = ERR_INIT;
	const struct json *list;
	size_t i, len;
	int rc;

	rc = json_get_array(auth_of(r)->payload, "identifiers", &list, err);
	if (rc < 0)
		return -1;
	len = rc == 1 ? json_len(list) : 0;
	if (len == 0)
		return err_set(err, ERR_MALFORMED, "The order has no identifiers");
	if (len > ORDER_IDENTS_MAX)
		return err_set(err, ERR_MALFORMED, "The order has more than %d identifiers",
		    ORDER_IDENTS_MAX);
	(void)err_set(&bad, ERR_MALFORMED, "Some of the identifiers cannot be ordered");
	*out = arena_array(r->arena, len, sizeof(**out));
	*n = 0;
	for (i = 0; i < len; i++)
		if (parse_ident(r, json_at(list, i), *out, n, &bad, err) != 0)
			return -1;
	if (bad.nsubs != 0) {
		*err = bad;
		return -1;
	}
	*n = ident_uniq(*out, *n);
	return 0;
}

/* Dates are the profile's; an order that wants others is refused (ORD-06). */
static int
check_dates(const struct auth *auth, struct err *err)
{
	if (json_member(auth->payload, "notBefore") != NULL ||
	    json_member(auth->payload, "notAfter") != NULL)
		return err_set(err, ERR_MALFORMED,
		    "notBefore and notAfter cannot be chosen here");
	return 0;
}

static void
fill_authz(struct authz *z, struct arena *a, const struct order *o,
    const struct ident *id, unsigned challenges)
{
	uint8_t raw[AUTHZ_TOKEN_BYTES];
	char *token = arena_alloc(a, AUTHZ_TOKEN_LEN + 1);

	random_bytes(raw, sizeof(raw));
	b64u_encode(raw, sizeof(raw), token);
	z->account_id = o->account_id;
	z->ident_type = id->type;
	z->ident_value = id->value;
	z->is_wildcard = id->wildcard;
	z->status = AUTHZ_PENDING;
	z->token = view_of(token);
	z->offered = chall_offered(id, challenges);
	z->expires_at = o->expires_at;
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
	struct authz *authzs;
	struct ident *ids;
	size_t i, n;

	if (auth->payload == NULL)
		return err_set(err, ERR_MALFORMED, "The payload is empty");
	if (order_check_open(r, err) != 0 || check_dates(auth, err) != 0 ||
	    parse_idents(r, &ids, &n, err) != 0 ||
	    order_check_entitled(r, ids, n, err) != 0)
		return -1;
	o.account_id = auth->account.id;
	o.authz_left = (unsigned)n;
	o.created_at = r->now;
	o.expires_at = r->now + svc->conf->order_ttl;
	o.profile = auth->server.profile;
	o.idents = pack(r->arena, ids, n);
	authzs = arena_array(r->arena, n, sizeof(*authzs));
	for (i = 0; i < n; i++)
		fill_authz(&authzs[i], r->arena, &o, &ids[i], svc->challenges);
	if (order_create(svc->store, &auth->nonce.once, r->arena, &o, authzs, n, &client,
	    err) != 0)
		return -1;
	r->reply.status = 201;
	render_order(r, &o);
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
	return rc < 0 ? -1 : 0;
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
