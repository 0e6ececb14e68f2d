/* SPDX-License-Identifier: BSD-2-Clause */
/* Account, order, authorization and challenge objects. */
#include "acme/render.h"


/* Small, so that nobody sleeps long (HDR-04, HDR-05, CLI-17). */
#define RETRY_AFTER_S	"1"

struct view
render_order_url(struct req *r, uint64_t id)
{
	char token[TOKEN_LEN + 1];

	token_encode(service_of(r)->url_keys, TOKEN_ORDER, id, token);
	return url_order(r->arena, &auth_of(r)->base, token);
}

struct view
render_authz_url(struct req *r, uint64_t id)
{
	char token[TOKEN_LEN + 1];

	token_encode(service_of(r)->url_keys, TOKEN_AUTHZ, id, token);
	return url_authz(r->arena, &auth_of(r)->base, token);
}

void
render_list(struct jsonw *w, const char *name, const struct conf_list *list)
{
	size_t i;

	jsonw_key(w, name);
	jsonw_open_array(w);
	for (i = 0; i < list->n; i++)
		jsonw_str(w, view_of(list->v[i]));
	jsonw_close_array(w);
}

static void
put_ident(struct jsonw *w, struct arena *a, const struct ident *id)
{
	jsonw_open(w);
	jsonw_kv_cstr(w, "type", ident_type_name(id->type));
	jsonw_kv_str(w, "value", ident_text(a, id));
	jsonw_close(w);
}

void
render_account(struct req *r, const struct account *acct,
    const struct view *contacts, size_t n)
{
	const struct conf *conf = service_of(r)->conf;
	const struct url_base *base = &auth_of(r)->base;
	struct jsonw w;
	size_t i;

	jsonw_init(&w, &r->reply.body);
	jsonw_open(&w);
	/* A suspended account stays readable as what it is to ACME: valid. */
	jsonw_kv_cstr(&w, "status", account_is_open(acct->status) ? "valid" :
	    account_status_name(acct->status));
	jsonw_key(&w, "contact");
	jsonw_open_array(&w);
	for (i = 0; i < n; i++)
		jsonw_str(&w, contacts[i]);
	jsonw_close_array(&w);
	if (acct->tos_url.n != 0)
		jsonw_kv_bool(&w, "termsOfServiceAgreed", true);
	if (acct->eab.n != 0) {
		jsonw_key(&w, "externalAccountBinding");
		jsonw_raw(&w, acct->eab);
	}
	jsonw_kv_str(&w, "orders", url_account_orders(r->arena, base,
	    acct->acme_account_id));
	/* Ours, not of RFC 8555. */
	jsonw_kv_str(&w, "limits", url_account_limits(r->arena, base,
	    acct->acme_account_id));
	jsonw_close(&w);
	reply_type(&r->reply, "application/json");
	reply_header(&r->reply, "Location", url_account(r->arena, base,
	    acct->acme_account_id));
	if (conf->terms_url[0] != '\0')
		reply_header_printf(&r->reply, "Link",
		    "<%s>;rel=\"terms-of-service\"", conf->terms_url);
}

static void
put_cert_url(struct jsonw *w, struct req *r, uint64_t cert_id)
{
	char token[TOKEN_LEN + 1];

	token_encode(service_of(r)->url_keys, TOKEN_CERT, cert_id, token);
	jsonw_kv_str(w, "certificate", url_cert(r->arena, &auth_of(r)->base, token));
}

static void
put_order_idents(struct jsonw *w, struct req *r, const struct order *o)
{
	struct ident *ids;
	struct err err;
	size_t i, n;

	jsonw_key(w, "identifiers");
	jsonw_open_array(w);
	if (ident_unpack(r->arena, o->idents, &ids, &n, &err) == 0)
		for (i = 0; i < n; i++)
			put_ident(w, r->arena, &ids[i]);
	jsonw_close_array(w);
}

void
render_order(struct req *r, const struct order *o)
{
	enum order_status status = order_status_at(o, r->now);
	char token[TOKEN_LEN + 1];
	struct jsonw w;
	size_t i;

	jsonw_init(&w, &r->reply.body);
	jsonw_open(&w);
	jsonw_kv_cstr(&w, "status", order_status_name(status));
	jsonw_kv_time(&w, "expires", o->expires_at);
	put_order_idents(&w, r, o);
	jsonw_kv_str(&w, "profile", o->profile);
	if (o->not_before_at != 0)
		jsonw_kv_time(&w, "notBefore", o->not_before_at);
	if (o->not_after_at != 0)
		jsonw_kv_time(&w, "notAfter", o->not_after_at);
	jsonw_key(&w, "authorizations");
	jsonw_open_array(&w);
	for (i = 0; i < order_nauthzs(o); i++)
		jsonw_str(&w, render_authz_url(r, order_authz(o, i)));
	jsonw_close_array(&w);
	token_encode(service_of(r)->url_keys, TOKEN_ORDER, o->id, token);
	jsonw_kv_str(&w, "finalize", url_finalize(r->arena, &auth_of(r)->base, token));
	if (o->replaces.n != 0)
		jsonw_kv_str(&w, "replaces", o->replaces);
	if (status == ORDER_VALID)
		put_cert_url(&w, r, o->cert_id);
	if (status == ORDER_INVALID && o->error.n != 0) {
		jsonw_key(&w, "error");
		jsonw_raw(&w, o->error);
	}
	jsonw_close(&w);
	reply_type(&r->reply, "application/json");
	reply_header(&r->reply, "Location", render_order_url(r, o->id));
	if (status == ORDER_PROCESSING)
		reply_header(&r->reply, "Retry-After", VIEW(RETRY_AFTER_S));
}

/* What a challenge that nobody answered in time tells (AUZ-06). */
static void
put_expired(struct jsonw *w)
{
	struct err err;

	(void)err_set(&err, ERR_UNAUTHORIZED,
	    "The authorization expired before it was validated");
	jsonw_key(w, "error");
	problem_put(w, &err, NULL);
}

/* What a record must name instead of a token (DPE-06). */
static void
put_issuers(struct jsonw *w, struct req *r)
{
	const struct conf *conf = service_of(r)->conf;

	if (conf->dns_persist_draft == CONF_PERSIST_01) {
		render_list(w, "issuer-domain-names", &conf->caa_identities);
		jsonw_kv_str(w, "accounturi", url_account(r->arena, &auth_of(r)->base,
		    auth_of(r)->account.acme_account_id));
	} else
		render_list(w, "issuerDomainNames", &conf->caa_identities);
}

/* Flat, with token before error: some clients read it by pattern (CLI-18). */
static void
put_challenge(struct jsonw *w, struct req *r, const struct authz *z,
    enum chall_type type)
{
	enum chall_status status = chall_status_at(z, type, r->now);
	char token[TOKEN_LEN + 1];

	token_encode(service_of(r)->url_keys, TOKEN_AUTHZ, z->id, token);
	jsonw_open(w);
	jsonw_kv_cstr(w, "type", chall_type_name(type));
	jsonw_kv_str(w, "url", url_challenge(r->arena, &auth_of(r)->base, token,
	    chall_type_name(type)));
	jsonw_kv_cstr(w, "status", chall_status_name(status));
	if (type == CHALL_DNSPERSIST01)
		put_issuers(w, r);
	else
		jsonw_kv_str(w, "token", z->token);
	if (status == CHALL_VALID)
		jsonw_kv_time(w, "validated", z->validated_at);
	if (status == CHALL_INVALID && z->error.n != 0) {
		jsonw_key(w, "error");
		jsonw_raw(w, z->error);
	} else if (status == CHALL_INVALID)
		put_expired(w);
	jsonw_close(w);
}

/*
 * All challenges while it is pending; the one that decided it afterwards; all
 * that were offered if none was tried.
 */
static void
put_challenges(struct jsonw *w, struct req *r, const struct authz *z,
    enum authz_status status)
{
	unsigned t;

	jsonw_key(w, "challenges");
	jsonw_open_array(w);
	for (t = CHALL_NONE + 1; t < CHALL_TYPE__MAX; t++)
		if ((z->offered & BIT(t)) != 0 && (status == AUTHZ_PENDING ||
		    z->active_type == CHALL_NONE || z->active_type == t))
			put_challenge(w, r, z, (enum chall_type)t);
	jsonw_close_array(w);
}

void
render_authz(struct req *r, const struct authz *z)
{
	enum authz_status status = authz_status_at(z, r->now);
	struct ident id = authz_ident(z);
	struct jsonw w;

	id.wildcard = false;
	jsonw_init(&w, &r->reply.body);
	jsonw_open(&w);
	jsonw_kv_cstr(&w, "status", authz_status_name(status));
	jsonw_kv_time(&w, "expires", z->expires_at);
	jsonw_key(&w, "identifier");
	put_ident(&w, r->arena, &id);
	put_challenges(&w, r, z, status);
	if (z->is_wildcard)
		jsonw_kv_bool(&w, "wildcard", true);
	if (z->covers_subdomains)
		jsonw_kv_bool(&w, "subdomainAuthAllowed", true);
	jsonw_close(&w);
	reply_type(&r->reply, "application/json");
	if (status == AUTHZ_PENDING && z->active_type != CHALL_NONE)
		reply_header(&r->reply, "Retry-After", VIEW(RETRY_AFTER_S));
}

void
render_challenge(struct req *r, const struct authz *z, enum chall_type type)
{
	struct jsonw w;

	jsonw_init(&w, &r->reply.body);
	put_challenge(&w, r, z, type);
	reply_type(&r->reply, "application/json");
	/* certbot gives up without it (HDR-02). */
	reply_header_printf(&r->reply, "Link", "<%.*s>;rel=\"up\"",
	    VIEW_ARG(render_authz_url(r, z->id)));
	if (chall_status_at(z, type, r->now) == CHALL_PROCESSING)
		reply_header(&r->reply, "Retry-After", VIEW(RETRY_AFTER_S));
}
