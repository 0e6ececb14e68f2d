/* SPDX-License-Identifier: BSD-2-Clause */
/* LISTACCOUNTS (partner-api 4.7; ). */
#include "partner/actions.h"

#include "partner/listing.h"
#include "store/account.h"
#include "store/binding.h"
#include "wire/partner_error.h"
#include "wire/timefmt.h"

/* What is listed. */
struct selection {
	uint64_t	binding_id;	/* 0: all of the reseller */
	uint64_t	account_id;	/* 0: all of the binding */
	bool		by_account;	/* lastActivity is its own, not its binding's */
	bool		contacts;
};

static int
put_contacts(struct call *c, uint64_t account_id, struct err *err)
{
	struct view *contacts;
	size_t i, n;

	if (account_contacts(c->svc->store->db, c->arena, account_id, &contacts, &n,
	    err) != 0)
		return -1;
	jsonw_key(&c->w, "contacts");
	jsonw_open_array(&c->w);
	for (i = 0; i < n; i++)
		jsonw_str(&c->w, view_starts(contacts[i], VIEW("mailto:")) ?
		    view_sub(contacts[i], strlen("mailto:"), contacts[i].n) : contacts[i]);
	jsonw_close_array(&c->w);
	return 0;
}

static int
put_account(struct call *c, const struct selection *s, const struct listed_account *a,
    struct err *err)
{
	jsonw_open(&c->w);
	jsonw_kv_str(&c->w, "acmeAccountID", a->acme_account_id);
	jsonw_kv_cstr(&c->w, "accountStatus", account_status_name(a->status));
	if (a->user_agent.p != NULL)
		jsonw_kv_str(&c->w, "userAgent", a->user_agent);
	if (a->ip_address.p != NULL)
		jsonw_kv_str(&c->w, "ipAddress", a->ip_address);
	args_put_time(c, "lastActivity", s->by_account ? a->activity_at : a->eab_activity_at);
	if (args_put_credential(c, &a->credential, err) != 0 ||
	    (s->contacts && put_contacts(c, a->id, err) != 0))
		return -1;
	jsonw_close(&c->w);
	return 0;
}

static int
rows(struct listing *l, size_t *n, struct err *err)
{
	struct call *c = l->call;
	const struct selection *s = l->arg;
	struct db *db = c->svc->store->db;
	struct listed_account *a;
	size_t i;
	int rc;

	rc = s->binding_id == 0 ?
	    report_accounts(db, c->arena, c->reseller.id, &l->part, &a, n, err) :
	    report_accounts_of(db, c->arena, s->binding_id, s->account_id, &l->part, &a, n,
	    err);
	for (i = 0; rc == 0 && i < *n; i++) {
		rc = put_account(c, s, &a[i], err);
		l->part.from = a[i].id + 1;
	}
	return rc;
}

static int
find_key(struct call *c, uint64_t *binding_id, struct err *err)
{
	struct binding b;
	int rc;

	rc = binding_get(c->svc->store->db, c->arena, c->values[LIST_ACCOUNTS_KEY], &b, err);
	if (rc < 0)
		return -1;
	if (rc == 0 || b.reseller_id != c->reseller.id)
		return partner_error_arg(err, E3, VIEW("eabKeyID"));
	*binding_id = b.id;
	return 0;
}

/* An account, or with Y those that share its EAB; else those of an EAB; else all. */
static int
select_accounts(struct call *c, struct selection *s, struct err *err)
{
	struct view id = c->values[LIST_ACCOUNTS_ACCOUNT];
	struct view include = c->values[LIST_ACCOUNTS_INCLUDE];
	bool all = view_is(include, "Y");
	struct binding b;

	if (include.n != 0 && !all && id.n == 0 && c->values[LIST_ACCOUNTS_KEY].n == 0)
		return partner_error_arg(err, E2, VIEW("acmeAccountID"));
	if (include.n != 0 && !all && !view_is(include, "N"))
		return partner_error_arg(err, E3, VIEW("includeAdditionalAccounts"));
	if (id.n == 0)
		return c->values[LIST_ACCOUNTS_KEY].n != 0 ?
		    find_key(c, &s->binding_id, err) : 0;
	if (args_binding(c, id, &b, err) != 0)
		return -1;
	s->binding_id = b.id;
	return all ? 0 : args_account_id(c, id, &s->account_id, err);
}

int
action_list_accounts(struct call *c, struct err *err)
{
	struct selection *s = arena_alloc(c->arena, sizeof(*s));
	struct view of = c->values[LIST_ACCOUNTS_ACTIVITY];
	struct page page;

	s->by_account = view_is(of, "account");
	s->contacts = view_is(c->values[LIST_ACCOUNTS_CONTACTS], "Y");
	if (of.n != 0 && !s->by_account && !view_is(of, "eab"))
		return partner_error_arg(err, E3, VIEW("lastActivityOf"));
	if (args_page(c->values[LIST_ACCOUNTS_PAGE], c->values[LIST_ACCOUNTS_SIZE], &page,
	    err) != 0 || select_accounts(c, s, err) != 0)
		return -1;
	return listing_put(c, "Accounts", &page, rows, s, err);
}
