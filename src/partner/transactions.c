/* SPDX-License-Identifier: BSD-2-Clause */
/* LISTTRANSACTIONS (partner-api 4.10; R-10): subscriptions, what was bought and given back. */
#include "partner/actions.h"

#include "partner/listing.h"
#include "policy/pricing.h"
#include "store/subscription.h"
#include "wire/partner_error.h"
#include "wire/timefmt.h"

#define NAMES_AT_ONCE	500	/* of an extension */

/* What is asked for, and how far the reply has come. */
struct history {
	struct transaction_query query;
	struct subscription	*subs;		/* the oldest first */
	size_t			 n;
	size_t			 at;		/* the one that is read */
	bool			 is_open;	/* it has been written up to its transactions */
	uint64_t		 skip;		/* transactions before the page */
	uint64_t		 left;		/* that the page may still have */
};

static const char *const types[] = {
	[TRANSACTION_ADD] = "addDomain",
	[TRANSACTION_EXTEND] = "extendDomains",
	[TRANSACTION_REFUND] = "refundDomain",
};

static void
put_name(struct call *c, struct view name, bool wildcard)
{
	const struct ident id = { IDENT_DNS, wildcard, name };

	jsonw_open(&c->w);
	jsonw_kv_str(&c->w, "name", ident_text(c->arena, &id));
	jsonw_kv_cstr(&c->w, "type", wildcard ? "Wildcard" : "FQDN");
	jsonw_close(&c->w);
}

static int
put_touched(struct call *c, uint64_t transaction_id, struct err *err)
{
	struct touched_name behind = { VIEW(""), true }, *names;
	size_t i, n;

	do {
		if (report_touched(c->svc->store->db, c->arena, transaction_id, &behind,
		    NAMES_AT_ONCE, &names, &n, err) != 0)
			return -1;
		for (i = 0; i < n; i++)
			put_name(c, names[i].name, names[i].is_wildcard);
		if (n != 0)
			behind = names[n - 1];
	} while (n == NAMES_AT_ONCE);
	return 0;
}

/* n rows of one transaction. */
static int
put_transaction(struct call *c, const struct listed_transaction *t, size_t n,
    struct err *err)
{
	size_t i;

	jsonw_open(&c->w);
	jsonw_kv_cstr(&c->w, "transactionType", types[t->type]);
	args_put_time(c, "transactionDate", t->created_at);
	jsonw_kv_int(&c->w, "orderNumber", (int64_t)t->number);
	jsonw_key(&c->w, "domains");
	jsonw_open_array(&c->w);
	if (t->name.p == NULL && put_touched(c, t->id, err) != 0)
		return -1;
	for (i = 0; i < n && t->name.p != NULL; i++)
		put_name(c, t[i].name, t[i].is_wildcard);
	jsonw_close_array(&c->w);
	args_put_cost(c, t->cents);
	jsonw_kv_int(&c->w, "debitedFor", t->days);
	args_put_time(c, "removeDate", t->removed_at);
	jsonw_close(&c->w);
	return 0;
}

static void
open_subscription(struct call *c, struct history *h)
{
	const struct subscription *s = &h->subs[h->at];
	bool active = pricing_phase(c->req->now, s->end_at) == SUB_ACTIVE;

	if (h->is_open)
		return;
	h->is_open = true;
	jsonw_open(&c->w);
	args_put_time(c, "subscriptionStartDate", s->start_at);
	args_put_time(c, "subscriptionEndDate", s->end_at);
	jsonw_kv_cstr(&c->w, "subscriptionStatus", active ? "active" : "expired");
	jsonw_key(&c->w, "transactions");
	jsonw_open_array(&c->w);
}

static void
close_subscription(struct call *c, struct history *h)
{
	if (h->is_open) {
		jsonw_close_array(&c->w);
		jsonw_close(&c->w);
	}
	h->is_open = false;
	h->at++;
}

/*
 * Leave out what is before the page without reading it: 1, or 0 when none of this
 * subscription is left.  A name was touched by few, and those are counted as they come.
 */
static int
skip_part(struct listing *l, struct err *err)
{
	struct history *h = l->arg;
	struct call *c = l->call;

	if (h->skip == 0 || h->query.by_name)
		return 1;
	return report_skip_transactions(c->svc->store->db, c->arena, h->subs[h->at].id, &h->query,
	    &h->skip, &l->part.from, err);
}

/* The next transactions of one subscription; not behind an extension, whose names are many. */
static int
put_part(struct listing *l, bool *end, struct err *err)
{
	struct call *c = l->call;
	struct history *h = l->arg;
	struct listed_transaction *t;
	size_t i, next, nrows, n = 0;
	bool many = false;
	int rc;

	if ((rc = skip_part(l, err)) != 1) {
		*end = true;
		return rc;
	}
	if (l->part.limit > h->skip + h->left)
		l->part.limit = h->skip + h->left;
	if (report_transactions(c->svc->store->db, c->arena, h->subs[h->at].id, &h->query,
	    &l->part, &t, &nrows, err) != 0)
		return -1;
	for (i = 0; i < nrows && h->left != 0 && !many; i = next, n++) {
		for (next = i + 1; next < nrows && t[next].id == t[i].id; next++)
			;
		l->part.from = t[i].id + 1;
		if (h->skip > 0) {
			h->skip--;
			continue;
		}
		open_subscription(c, h);
		if (put_transaction(c, &t[i], next - i, err) != 0)
			return -1;
		h->left--;
		many = t[i].name.p == NULL;
	}
	*end = h->left == 0 || (i == nrows && n < l->part.limit);
	return 0;
}

/* Rows are counted here, over all subscriptions: a part is whole as long as more may come. */
static int
rows(struct listing *l, size_t *n, struct err *err)
{
	struct history *h = l->arg;
	bool end;

	*n = 0;
	if (h->at == h->n || h->left == 0)
		return 0;
	if (put_part(l, &end, err) != 0)
		return -1;
	if (end) {
		close_subscription(l->call, h);
		l->part.from = 0;
	}
	*n = l->part.limit;
	return 0;
}

/* A day, whole: its first second, or its last. */
static int
take_date(struct view text, const char *name, int64_t second, int64_t *at, struct err *err)
{
	int64_t date;

	if (text.n == 0)
		return 0;
	if (date_parse(text, &date) != 0)
		return partner_error_arg(err, E3, view_of(name));
	*at = date * DAY_S + second;
	return 0;
}

static int
take_query(struct call *c, struct transaction_query *q, struct err *err)
{
	struct view text = c->values[LIST_TRANSACTIONS_NAME];
	struct ident name = { 0 };

	*q = (struct transaction_query){ .by_name = text.n != 0, .to_at = INT64_MAX };
	if (q->by_name && args_domain_spelling(c, text, &name, err) != 0)
		return -1;
	q->name = name.value;
	q->is_wildcard = name.wildcard;
	if (take_date(c->values[LIST_TRANSACTIONS_FROM], "fromDate", 0, &q->from_at,
	    err) != 0)
		return -1;
	return take_date(c->values[LIST_TRANSACTIONS_TO], "toDate", DAY_S - 1, &q->to_at, err);
}

/* All subscriptions, or the one that can still be extended. */
static int
find_subscriptions(struct call *c, uint64_t binding_id, struct history *h, struct err *err)
{
	struct db *db = c->svc->store->db;
	int rc;

	if (view_is(c->values[LIST_TRANSACTIONS_PAST], "Y"))
		return subscription_list(db, c->arena, binding_id, &h->subs, &h->n, err);
	h->subs = arena_alloc(c->arena, sizeof(*h->subs));
	rc = subscription_newest(db, c->arena, binding_id, h->subs, err);
	h->n = rc == 1 && pricing_phase(c->req->now, h->subs->end_at) != SUB_EXPIRED;
	return rc < 0 ? -1 : 0;
}

int
action_list_transactions(struct call *c, struct err *err)
{
	const struct page all = { .limit = UINT64_MAX };
	struct history *h = arena_alloc(c->arena, sizeof(*h));
	struct binding binding;
	struct page page;

	if (take_query(c, &h->query, err) != 0 || args_page(c->values[LIST_TRANSACTIONS_PAGE],
	    c->values[LIST_TRANSACTIONS_SIZE], &page, err) != 0 ||
	    args_binding(c, c->values[LIST_TRANSACTIONS_ACCOUNT], &binding, err) != 0 ||
	    find_subscriptions(c, binding.id, h, err) != 0)
		return -1;
	h->skip = page.offset;
	h->left = page.limit;
	return listing_put(c, "subscriptions", &all, rows, h, err);
}
