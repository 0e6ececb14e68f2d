/* SPDX-License-Identifier: BSD-2-Clause */
/* From a form to an action. */
#include "partner/actions.h"

#include "base/base64url.h"
#include "crypto/password.h"
#include "partner/args.h"
#include "partner/change.h"
#include "partner/refusal.h"
#include "wire/limits.h"
#include "wire/partner_error.h"
#include "wire/problem.h"

#define ACTION_MAX	30	/* bytes */

static const struct arg no_args[] = {
	{ NULL, ARG_TEXT, 0, false },
};
static const struct arg preregister_args[] = {
	[PREREGISTER_SERVER_URL] = { "serverUrl", ARG_TEXT, 255, true },
	[PREREGISTER_YEARS] = { "years", ARG_LATER, 10, false },
	[PREREGISTER_DAYS] = { "days", ARG_LATER, 10, false },
	{ NULL, ARG_TEXT, 0, false },
};
static const struct arg add_domain_args[] = {
	[ADD_DOMAIN_ACCOUNT] = { "acmeAccountID", ARG_ID, 32, true },
	[ADD_DOMAIN_NAME] = { "domainName", ARG_TEXT, 255, true },
	[ADD_DOMAIN_QUOTE] = { "quoteOnly", ARG_YES_NO, 1, false },
	[ADD_DOMAIN_ASSOCIATED] = { "addAssociatedFQDN", ARG_YES_NO, 1, false },
	[ADD_DOMAIN_OV] = { "ovAnchorOrderNumber", ARG_TEXT, 128, false },
	[ADD_DOMAIN_EV] = { "evAnchorOrderNumber", ARG_TEXT, 128, false },
	{ NULL, ARG_TEXT, 0, false },
};
static const struct arg remove_domain_args[] = {
	[REMOVE_DOMAIN_ACCOUNT] = { "acmeAccountID", ARG_ID, 32, true },
	[REMOVE_DOMAIN_NAME] = { "domainName", ARG_TEXT, 255, true },
	{ NULL, ARG_TEXT, 0, false },
};
static const struct arg extend_domains_args[] = {
	[EXTEND_DOMAINS_ACCOUNT] = { "acmeAccountID", ARG_ID, 32, true },
	[EXTEND_DOMAINS_QUOTE] = { "quoteOnly", ARG_YES_NO, 1, false },
	[EXTEND_DOMAINS_YEARS] = { "years", ARG_LATER, 10, false },
	[EXTEND_DOMAINS_DAYS] = { "days", ARG_LATER, 10, false },
	{ NULL, ARG_TEXT, 0, false },
};
static const struct arg update_domains_args[] = {
	[UPDATE_DOMAINS_ACCOUNT] = { "acmeAccountID", ARG_ID, 32, true },
	[UPDATE_DOMAINS_OV] = { "ovAnchorOrderNumber", ARG_TEXT, 128, false },
	[UPDATE_DOMAINS_OLD_OV] = { "oldOVAnchorOrderNumber", ARG_TEXT, 128, false },
	[UPDATE_DOMAINS_EV] = { "evAnchorOrderNumber", ARG_TEXT, 128, false },
	[UPDATE_DOMAINS_OLD_EV] = { "oldEVAnchorOrderNumber", ARG_TEXT, 128, false },
	{ NULL, ARG_TEXT, 0, false },
};
static const struct arg add_bundle_args[] = {
	[ADD_BUNDLE_ACCOUNT] = { "acmeAccountID", ARG_ID, 32, true },
	[ADD_BUNDLE_TYPE] = { "domainType", ARG_LATER, 10, true },
	[ADD_BUNDLE_COUNT] = { "numberOfDomains", ARG_LATER, 10, true },
	[ADD_BUNDLE_QUOTE] = { "quoteOnly", ARG_YES_NO, 1, false },
	{ NULL, ARG_TEXT, 0, false },
};
static const struct arg cancel_subscription_args[] = {
	[CANCEL_SUBSCRIPTION_ACCOUNT] = { "acmeAccountID", ARG_ID, 32, true },
	{ NULL, ARG_TEXT, 0, false },
};
static const struct arg scope_args[] = {
	[SCOPE_ACCOUNT] = { "acmeAccountID", ARG_ID, 32, false },
	[SCOPE_INCLUDE] = { "includeAdditionalAccounts", ARG_LATER, 10, false },
	{ NULL, ARG_TEXT, 0, false },
};
static const struct arg list_accounts_args[] = {
	[LIST_ACCOUNTS_ACCOUNT] = { "acmeAccountID", ARG_ID, 32, false },
	[LIST_ACCOUNTS_KEY] = { "eabKeyID", ARG_ID, 32, false },
	[LIST_ACCOUNTS_INCLUDE] = { "includeAdditionalAccounts", ARG_LATER, 10, false },
	[LIST_ACCOUNTS_ACTIVITY] = { "lastActivityOf", ARG_LATER, 7, false },
	[LIST_ACCOUNTS_PAGE] = { "page", ARG_LATER, 10, false },
	[LIST_ACCOUNTS_SIZE] = { "size", ARG_LATER, 10, false },
	[LIST_ACCOUNTS_CONTACTS] = { "includeContacts", ARG_YES_NO, 1, false },
	{ NULL, ARG_TEXT, 0, false },
};
static const struct arg last_order_args[] = {
	[LAST_ORDER_ACCOUNT] = { "acmeAccountID", ARG_ID, 32, true },
	[LAST_ORDER_FILTER] = { "filter", ARG_MANY, 32767, false },
	[LAST_ORDER_INCLUDE] = { "includeAdditionalAccounts", ARG_YES_NO, 1, false },
	[LAST_ORDER_GROUP] = { "groupByAccount", ARG_YES_NO, 1, false },
	[LAST_ORDER_NAME] = { "domainName", ARG_TEXT, 255, false },
	{ NULL, ARG_TEXT, 0, false },
};
static const struct arg list_domains_args[] = {
	[LIST_DOMAINS_ACCOUNT] = { "acmeAccountID", ARG_ID, 32, true },
	[LIST_DOMAINS_PAGE] = { "page", ARG_LATER, 10, false },
	[LIST_DOMAINS_SIZE] = { "size", ARG_LATER, 10, false },
	{ NULL, ARG_TEXT, 0, false },
};
static const struct arg list_transactions_args[] = {
	[LIST_TRANSACTIONS_ACCOUNT] = { "acmeAccountID", ARG_ID, 32, true },
	[LIST_TRANSACTIONS_PAST] = { "includePastSubscriptions", ARG_YES_NO, 1, false },
	[LIST_TRANSACTIONS_NAME] = { "domainName", ARG_TEXT, 255, false },
	[LIST_TRANSACTIONS_PAGE] = { "page", ARG_LATER, 10, false },
	[LIST_TRANSACTIONS_SIZE] = { "size", ARG_LATER, 10, false },
	[LIST_TRANSACTIONS_FROM] = { "fromDate", ARG_LATER, 10, false },
	[LIST_TRANSACTIONS_TO] = { "toDate", ARG_LATER, 10, false },
	{ NULL, ARG_TEXT, 0, false },
};

static const struct action actions[] = {
	{ "LISTSERVERS", no_args, false, action_list_servers },
	{ "PREREGISTER", preregister_args, true, action_preregister },
	{ "ADDDOMAIN", add_domain_args, true, action_add_domain },
	{ "REMOVEDOMAIN", remove_domain_args, true, action_remove_domain },
	{ "EXTENDDOMAINS", extend_domains_args, true, action_extend_domains },
	{ "UPDATEDOMAINS", update_domains_args, true, action_update_domains },
	{ "LISTACCOUNTS", list_accounts_args, false, action_list_accounts },
	{ "LISTBINDINGS", no_args, false, action_list_bindings },
	{ "LISTDOMAINS", list_domains_args, false, action_list_domains },
	{ "LISTTRANSACTIONS", list_transactions_args, false, action_list_transactions },
	{ "SUSPENDACCOUNT", scope_args, true, action_suspend_account },
	{ "UNSUSPENDACCOUNT", scope_args, true, action_unsuspend_account },
	{ "DEACTIVATEACCOUNT", scope_args, true, action_deactivate_account },
	{ "GETLASTORDER", last_order_args, false, action_get_last_order },
	{ "ADDBUNDLE", add_bundle_args, true, action_add_bundle },
	{ "CANCELSUBSCRIPTION", cancel_subscription_args, true, action_cancel_subscription },
};

/* Arguments that every action has. */
static const char *const login_args[] = { "action", "loginName", "loginPassword" };

static bool
is_login_arg(struct view name)
{
	size_t i;

	for (i = 0; i < NITEMS(login_args); i++)
		if (view_ieq(name, view_of(login_args[i])))
			return true;
	return false;
}

static int
find_action(const struct form *form, const struct action **out, struct err *err)
{
	const struct form_field *f = form_find(form, "action");
	size_t i;

	if (f == NULL || f->value.n == 0)
		return partner_error_arg(err, E2, VIEW("action"));
	if (form_count(form, "action") > 1 || f->value.n > ACTION_MAX)
		return partner_error_arg(err, E3, VIEW("action"));
	for (i = 0; i < NITEMS(actions); i++)
		if (view_is(f->value, actions[i].name)) {
			*out = &actions[i];
			return 0;
		}
	return partner_error_arg(err, E3, VIEW("action"));
}

static int
take_login(struct call *c, const struct form *form, struct err *err)
{
	const struct form_field *name = form_find(form, "loginName");
	const struct form_field *password = form_find(form, "loginPassword");

	if (name == NULL || name->value.n == 0)
		return partner_error_arg(err, E2, VIEW("loginName"));
	if (password == NULL || password->value.n == 0)
		return partner_error_arg(err, E2, VIEW("loginPassword"));
	if (form_count(form, "loginName") > 1 || name->value.n > LOGIN_NAME_MAX_BYTES)
		return partner_error_arg(err, E3, VIEW("loginName"));
	if (form_count(form, "loginPassword") > 1 || password->value.n > PASSWORD_MAX)
		return partner_error_arg(err, E3, VIEW("loginPassword"));
	c->login = (struct login_try){ .name = name->value, .password = password->value };
	return 0;
}

/* Every field belongs to some argument of the action. */
static int
check_known(const struct call *c, const struct form *form, struct err *err)
{
	const struct arg *a;
	size_t i;

	for (i = 0; i < form->n; i++) {
		for (a = c->action->args; a->name != NULL; a++)
			if (view_ieq(form->fields[i].name, view_of(a->name)))
				break;
		if (a->name == NULL && !is_login_arg(form->fields[i].name))
			return partner_error_arg(err, E1, form->fields[i].name);
	}
	return 0;
}

static int
check_value(const struct arg *a, struct view v, struct err *err)
{
	if (v.n > a->max)
		return partner_error_arg(err, E3, view_of(a->name));
	if (a->type == ARG_ID && !b64u_alphabet(v))
		return partner_error(err, E4);
	if (a->type == ARG_YES_NO && !view_is(v, "Y") && !view_is(v, "N"))
		return partner_error_arg(err, E3, view_of(a->name));
	return 0;
}

/* Missing ones first, then values. */
static int
take_args(struct call *c, const struct form *form, struct err *err)
{
	const struct arg *args = c->action->args;
	const struct form_field *f;
	size_t i;

	for (i = 0; args[i].name != NULL; i++) {
		f = form_find(form, args[i].name);
		if (f != NULL)
			c->values[i] = f->value;
		else if (args[i].required)
			return partner_error_arg(err, E2, view_of(args[i].name));
		if (args[i].required && c->values[i].n == 0)
			return partner_error_arg(err, E2, view_of(args[i].name));
	}
	for (i = 0; args[i].name != NULL; i++) {
		if (args[i].type != ARG_MANY && form_count(form, args[i].name) > 1)
			return partner_error_arg(err, E3, view_of(args[i].name));
		if (c->values[i].n != 0 && check_value(&args[i], c->values[i], err) != 0)
			return -1;
	}
	return 0;
}

static int	resume(struct req *, void *, struct err *);

/* From the login on; again once it has waited. */
static int
run(struct call *c, struct err *err)
{
	struct req *r = c->req;
	int rc = partner_auth(r, &c->login, &c->reseller, err);

	if (rc == 0)
		r->hold = (struct hold){ HOLD_NO_ROW, c->login.wait_ms, NULL, resume, c };
	if (rc != 1)
		return rc;
	if (check_known(c, c->form, err) != 0 || take_args(c, c->form, err) != 0)
		return -1;
	jsonw_init(&c->w, &r->reply.body);
	reply_type(&r->reply, "application/json");
	rc = c->action->changes ? change_repeated(c, err) : 0;
	return rc == 0 ? c->action->run(c, err) : rc == 1 ? 0 : -1;
}

static int
settle(struct req *r, int rc, struct err *err)
{
	if (rc != 0)
		refusal_put(r, r->auth, err);
	return rc;
}

static int
resume(struct req *r, void *arg, struct err *err)
{
	return settle(r, run(arg, err), err);
}

static int
dispatch(struct req *r, struct err *err)
{
	struct call *c = arena_alloc(r->arena, sizeof(*c));
	struct form *form = arena_alloc(r->arena, sizeof(*form));

	*c = (struct call){ .req = r, .svc = service_of(r), .arena = r->arena, .form = form };
	r->auth = c;
	if (form_parse(r->arena, r->body, form, err) != 0 ||
	    find_action(form, &c->action, err) != 0 || take_login(c, form, err) != 0)
		return -1;
	return run(c, err);
}

static int
enter(struct req *r, struct err *err)
{
	if (!r->https)
		return partner_error(err, E6);
	/* Another method has no route here: E20. */
	if (r->body_too_large)
		return err_set(err, ERR_TOO_LARGE, "the body is over %d bytes", PARTNER_BODY_MAX);
	return 0;
}

static void
fail(struct req *r, const struct err *err)
{
	struct err shown = *err;
	struct jsonw w;

	/* Over plain HTTP nothing else is looked at, nor told. */
	if (!r->https)
		(void)partner_error(&shown, E6);
	r->reply.status = problem_partner_status(shown.kind);
	reply_type(&r->reply, "application/json");
	if (shown.retry_after_s != 0)
		reply_header_printf(&r->reply, "Retry-After", "%u", shown.retry_after_s);
	jsonw_init(&w, &r->reply.body);
	problem_partner_put(&w, &shown);
}

static void
finish(struct req *r)
{
	reply_header(&r->reply, "Cache-Control", VIEW("no-store"));
	reply_header(&r->reply, "X-Content-Type-Options", VIEW("nosniff"));
}

static const struct route routes[] = {
	{ POST, "/products/!ACMEAdmin", 0, 0, PARTNER_BODY_MAX, dispatch },
	{ POST, "/products/%21ACMEAdmin", 0, 0, PARTNER_BODY_MAX, dispatch },
};

const struct site partner_site = {
	"/products/", routes, NITEMS(routes), false, enter, settle, fail, finish,
};
