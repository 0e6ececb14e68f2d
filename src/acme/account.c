/* SPDX-License-Identifier: BSD-2-Clause */
/* Accounts: new ones, reading them, their orders. */
#include "acme/account.h"

#include "acme/accountkey.h"
#include "acme/contact.h"
#include "acme/limit.h"
#include "acme/render.h"
#include "auth/eab.h"
#include "store/account.h"
#include "store/account_change.h"
#include "store/order.h"

#define ORDERS_PAGE	50
#define USER_AGENT_MAX	255

/* Terms that changed since are agreed to by newAccount; there is no other way (ACC-11). */
static int
agree_again(struct req *r, const struct account *acct, struct err *err)
{
	struct view now = view_of(service_of(r)->conf->terms_url);
	bool agreed = false;

	if (json_get_bool(auth_of(r)->payload, "termsOfServiceAgreed", &agreed, err) < 0)
		return -1;
	if (!agreed || now.n == 0 || view_eq(acct->tos_url, now))
		return 0;
	return account_agree(service_of(r)->store, &auth_of(r)->nonce.once, acct, now, err);
}

/* An account that its key brought back: 200, whatever else was sent (ACC-02). */
static int
answer_existing(struct req *r, const struct account *acct, struct err *err)
{
	struct view *contacts;
	size_t n;

	r->who = acct->acme_account_id;
	if (!account_is_open(acct->status))
		return err_set(err, ERR_UNAUTHORIZED, "The account of this key is %s",
		    account_status_name(acct->status));
	if (agree_again(r, acct, err) != 0 || account_contacts(service_of(r)->store->db, r->arena, acct->id, &contacts, &n,
	    err) != 0)
		return -1;
	render_account(r, acct, contacts, n);
	return 0;
}

static int
check_terms(const struct req *r, const struct auth *auth, struct err *err)
{
	bool agreed = false;

	if (service_of(r)->conf->terms_url[0] == '\0')
		return 0;
	if (json_get_bool(auth->payload, "termsOfServiceAgreed", &agreed, err) < 0)
		return -1;
	if (!agreed)
		return err_set(err, ERR_USER_ACTION_REQUIRED,
		    "The terms of service must be agreed to: %s",
		    service_of(r)->conf->terms_url);
	return 0;
}

static int
fill_new(struct req *r, const struct auth *auth, struct account_new *n,
    struct err *err)
{
	const struct conf *conf = service_of(r)->conf;
	struct binding binding;
	struct view *contacts;

	if (check_terms(r, auth, err) != 0 ||
	    contact_parse(r->arena, auth->payload, conf->allow_special_names, &contacts,
	    &n->ncontacts, err) != 0 ||
	    eab_verify(r, auth, &binding, &n->eab, err) != 0 ||
	    accountkey_check(r, &auth->jwk, auth->key, auth->thumbprint, err) != 0)
		return -1;
	n->server_id = auth->server.id;
	n->binding_id = binding.id;
	n->key_thumbprint = auth->thumbprint;
	n->key_jwk = auth->jwk.canonical;
	n->contacts = contacts;
	if (conf->terms_url[0] != '\0')
		n->tos_url = view_of(conf->terms_url);
	n->client.user_agent = view_sub(r->user_agent, 0, USER_AGENT_MAX);
	n->client.ip_address = r->remote_addr;
	n->takes = limit_of_account(r);
	return 0;
}

int
account_new(struct req *r, struct err *err)
{
	struct service *svc = service_of(r);
	struct auth *auth = auth_of(r);
	struct account_new n = { .ncontacts = 0 };
	struct account acct;
	bool only_existing = false;
	int rc;

	if (auth->payload == NULL)
		return err_set(err, ERR_MALFORMED, "The payload is empty");
	if (json_get_bool(auth->payload, "onlyReturnExisting", &only_existing, err) < 0)
		return -1;
	rc = account_by_key(svc->store->db, r->arena, auth->thumbprint, auth->server.id,
	    &acct, err);
	if (rc < 0)
		return -1;
	if (rc == 1)
		return answer_existing(r, &acct, err);
	if (only_existing)
		return err_set(err, ERR_ACCOUNT_DOES_NOT_EXIST,
		    "There is no account with this key");
	if (fill_new(r, auth, &n, err) != 0)
		return -1;
	if (account_register(svc->store, &auth->nonce.once, r->arena, &n, &acct,
	    err) != 0) {
		/* The same key was faster in another request: it exists now (ACC-16). */
		if (err->kind == ERR_CONFLICT && account_by_key(svc->store->db, r->arena,
		    auth->thumbprint, auth->server.id, &acct, err) == 1)
			return answer_existing(r, &acct, err);
		return limit_explain(r, &n.takes, err);
	}
	r->who = acct.acme_account_id;
	r->reply.status = 201;
	render_account(r, &acct, n.contacts, n.ncontacts);
	return 0;
}

/* The account of the URL must be the one that signed (ACC-12). */
static int
check_own(const struct req *r, struct err *err)
{
	if (!view_eq(r->stars[1], auth_of(r)->account.acme_account_id))
		return err_set(err, ERR_UNAUTHORIZED,
		    "This is not the account that signed the request");
	return 0;
}

/* "status": the client may only end the account (ACC-11); *ends says whether it does. */
static int
parse_status(const struct auth *auth, bool *ends, struct err *err)
{
	struct view status;
	int rc;

	*ends = false;
	if ((rc = json_get_str(auth->payload, "status", &status, err)) <= 0)
		return rc;
	*ends = view_is(status, "deactivated");
	if (!*ends && !view_is(status, "valid"))
		return err_set(err, ERR_MALFORMED,
		    "An account's 'status' can only be set to \"deactivated\"");
	return 0;
}

static void
free_buf(void *b)
{
	buf_release(b);
}

static int
deactivate(struct req *r, struct err *err)
{
	struct service *svc = service_of(r);
	struct auth *auth = auth_of(r);
	struct buf *b = arena_alloc(r->arena, sizeof(*b));
	struct err why;
	struct jsonw w;

	buf_init(b, REPLY_BODY_MAX);
	arena_defer(r->arena, free_buf, b);
	jsonw_init(&w, b);
	(void)err_set(&why, ERR_UNAUTHORIZED, "The account was deactivated");
	problem_put(&w, &why, NULL);
	if (account_deactivate(svc->store, &auth->nonce.once, &auth->account,
	    r->now - ORDER_LIFE_MAX, buf_view(b), err) != 0)
		return -1;
	auth->account.status = ACCOUNT_DEACTIVATED;
	return 0;
}

/* What an account POST changes; one that changes nothing is a read (ACC-10). */
static int
update(struct req *r, struct err *err)
{
	struct service *svc = service_of(r);
	struct auth *auth = auth_of(r);
	const struct json *contact;
	struct view *contacts;
	bool ends;
	size_t n;

	if (auth->payload == NULL)
		return 0;
	contact = json_member(auth->payload, "contact");
	if (parse_status(auth, &ends, err) != 0 || contact_parse(r->arena, auth->payload,
	    svc->conf->allow_special_names, &contacts, &n, err) != 0)
		return -1;
	if (ends)
		return deactivate(r, err);
	if (contact == NULL || json_kind(contact) == JSON_NULL)
		return 0;
	return account_set_contacts(svc->store, &auth->nonce.once, &auth->account, contacts,
	    n, err);
}

int
account_post(struct req *r, struct err *err)
{
	struct view *contacts;
	size_t n;

	if (check_own(r, err) != 0 || update(r, err) != 0 ||
	    account_contacts(service_of(r)->store->db, r->arena,
	    auth_of(r)->account.id, &contacts, &n, err) != 0)
		return -1;
	render_account(r, &auth_of(r)->account, contacts, n);
	return 0;
}

/* "?cursor=TOKEN" of a "next" link; none: from the newest. */
static int
parse_cursor(struct req *r, uint64_t *before, struct err *err)
{
	struct view query = view_sub(r->uri, r->path.n + 1, r->uri.n);

	*before = UINT64_MAX >> 1;
	if (!r->has_query)
		return 0;
	if (!view_starts(query, VIEW("cursor=")) ||
	    token_decode(service_of(r)->url_keys, TOKEN_CURSOR,
	    view_sub(query, 7, query.n), before) != 0)
		return err_set(err, ERR_MALFORMED, "The cursor is not valid");
	return 0;
}

int
account_orders(struct req *r, struct err *err)
{
	struct service *svc = service_of(r);
	char token[TOKEN_LEN + 1];
	uint64_t before, *ids;
	struct jsonw w;
	size_t i, n;

	if (check_own(r, err) != 0 || parse_cursor(r, &before, err) != 0 ||
	    order_list(svc->store->db, r->arena, auth_of(r)->account.id, before, r->now,
	    ORDERS_PAGE + 1, &ids, &n, err) != 0)
		return -1;
	jsonw_init(&w, &r->reply.body);
	jsonw_open(&w);
	jsonw_key(&w, "orders");
	jsonw_open_array(&w);
	for (i = 0; i < n && i < ORDERS_PAGE; i++)
		jsonw_str(&w, render_order_url(r, ids[i]));
	jsonw_close_array(&w);
	jsonw_close(&w);
	reply_type(&r->reply, "application/json");
	if (n > ORDERS_PAGE) {
		token_encode(svc->url_keys, TOKEN_CURSOR, ids[ORDERS_PAGE - 1], token);
		reply_header_printf(&r->reply, "Link", "<%.*s?cursor=%s>;rel=\"next\"",
		    VIEW_ARG(url_account_orders(r->arena, &auth_of(r)->base,
		    auth_of(r)->account.acme_account_id)), token);
	}
	return 0;
}
