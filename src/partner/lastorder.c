/* SPDX-License-Identifier: BSD-2-Clause */
/* GETLASTORDER (partner-api 4.11; ): of each active name the newest certificate order. */
#include "partner/actions.h"

#include "base/hex.h"
#include "partner/filter.h"
#include "partner/listing.h"
#include "policy/pricing.h"
#include "store/subscription.h"
#include "wire/partner_error.h"

#define SERIAL_MAX_BYTES	20

/* What is asked for. */
struct question {
	struct subscription	sub;
	struct view		key_id;		/* of its binding */
	uint64_t		account_id;	/* 0: orders of all accounts */
	bool			by_account;	/* a row for each account of a name */
	struct filters		filters;
};

struct state {
	int		 code;
	const char	*text;
};
static const struct state VALID = { 6, "Valid" };
static const struct state REVOKED = { 8, "Revoked" };
static const struct state REPLACED = { 14, "Replaced" };
static const struct state UNCOLLECTED = { 9, "Issued but not yet collected" };
static const struct state FAILED = { 3, "PRE-SIGN FAILED" };
static const struct state BURNED = { 5, "POST-SIGN FAILED" };
static const struct state REJECTED = { 7, "Rejected" };

/* NULL while an order is in progress. */
static const struct state *
state_of(const struct last_order *o, enum order_status status, bool replaced)
{
	if (status == ORDER_INVALID)
		return o->is_burned ? &BURNED :
		    view_ends(o->error_type, VIEW(":rejectedIdentifier")) ? &REJECTED : &FAILED;
	if (status != ORDER_VALID)
		return NULL;
	if (o->is_revoked)
		return &REVOKED;
	return replaced ? &REPLACED : o->is_collected ? &VALID : &UNCOLLECTED;
}

static void
put_cert(struct call *c, const struct last_order *o)
{
	char serial[2 * SERIAL_MAX_BYTES + 1];

	hex_encode(o->serial.p, o->serial.n, serial);
	jsonw_kv_cstr(&c->w, "serialNumber", serial);
	args_put_time(c, "validNotBefore", o->not_before_at);
	args_put_time(c, "validNotAfter", o->not_after_at);
}

static void
put_order(struct call *c, const struct question *q, const struct last_order *o,
    struct view name, bool replaced)
{
	const struct order order = { .status = o->status, .expires_at = o->expires_at };
	enum order_status status = order_status_at(&order, c->req->now);
	const struct state *s = state_of(o, status, replaced);
	char token[TOKEN_LEN + 1];

	token_encode(c->svc->url_keys, TOKEN_ORDER, o->order_id, token);
	jsonw_open(&c->w);
	jsonw_kv_int(&c->w, "orderNumber", (int64_t)o->number);
	jsonw_kv_cstr(&c->w, "acmeOrderID", token);
	jsonw_kv_cstr(&c->w, "acmeOrderStatus", order_status_name(status));
	if (o->cert_number != 0)
		jsonw_kv_int(&c->w, "certificateID", (int64_t)o->cert_number);
	if (s != NULL) {
		jsonw_kv_int(&c->w, "statusCode", s->code);
		jsonw_kv_cstr(&c->w, "statusDesc", s->text);
	}
	jsonw_kv_str(&c->w, "domainName", name);
	if (o->cert_number != 0)
		put_cert(c, o);
	jsonw_kv_str(&c->w, "acmeAccountID", o->acme_account_id);
	jsonw_kv_str(&c->w, "acmeEABKeyID", q->key_id);
	jsonw_close(&c->w);
}

/* The orders of one name, newest first: the first, or with by_account all of them. */
static void
put_name(struct call *c, const struct question *q, const struct last_order *o, size_t n)
{
	const struct ident id = { IDENT_DNS, o->is_wildcard, o->name };
	struct view name = ident_text(c->arena, &id);
	bool replaced = false;
	size_t i;

	for (i = 0; i < (q->by_account ? n : 1) && o[i].order_id != 0; i++) {
		if (filters_match(&q->filters, name, o[i].not_after_at))
			put_order(c, q, &o[i], name, replaced);
		replaced = replaced || o[i].cert_number != 0;
	}
}

static int
rows(struct listing *l, size_t *n, struct err *err)
{
	struct call *c = l->call;
	const struct question *q = l->arg;
	struct last_order *o;
	size_t i, next, nrows;

	if (report_last_orders(c->svc->store->db, c->arena, &q->sub, q->account_id,
	    filters_part(&q->filters), &l->part, &o, &nrows, err) != 0)
		return -1;
	for (*n = i = 0; i < nrows; i = next, (*n)++) {
		for (next = i + 1; next < nrows && o[next].name_id == o[i].name_id; next++)
			;
		put_name(c, q, &o[i], next - i);
		l->part.from = o[i].name_id + 1;
	}
	return 0;
}

static int
take_filters(struct call *c, struct filters *s, struct err *err)
{
	struct view name = c->values[LAST_ORDER_NAME];
	const struct form_field *f;
	size_t i;

	for (i = 0; i < c->form->n; i++) {
		f = &c->form->fields[i];
		if (view_ieq(f->name, VIEW("filter")) && f->value.n != 0 &&
		    filters_parse(s, f->value) != 0)
			return partner_error_arg(err, E3, VIEW("filter"));
	}
	if (name.n != 0) {
		if (s->n == FILTERS_MAX)
			return partner_error_arg(err, E3, VIEW("filter"));
		s->v[s->n++] = (struct filter){ .field = FILTER_NAME, .op = FILTER_IS,
		    .text = name };
	}
	return 0;
}

/* One name is looked up, not looked for: where it stands in the list. */
static int
find_name(struct call *c, const struct question *q, struct view text, struct page *page,
    struct err *err)
{
	struct sub_name name;
	struct ident id;
	struct err ignored;
	int rc = 0;

	if (args_domain_spelling(c, text, &id, &ignored) == 0 && (rc = sub_name_get(
	    c->svc->store->db, c->arena, q->sub.id, id.value, id.wildcard, &name, err)) < 0)
		return -1;
	page->limit = (uint64_t)rc;
	page->from = rc == 1 ? name.id : 0;
	return 0;
}

/* The active subscription; a page without rows when there is none. */
static int
find_subscription(struct call *c, struct question *q, struct page *page, struct err *err)
{
	struct binding b;
	int rc;

	if (args_binding(c, c->values[LAST_ORDER_ACCOUNT], &b, err) != 0)
		return -1;
	q->key_id = b.key_id;
	rc = subscription_newest(c->svc->store->db, c->arena, b.id, &q->sub, err);
	if (rc < 0)
		return -1;
	if (rc == 0 || pricing_phase(c->req->now, q->sub.end_at) != SUB_ACTIVE)
		page->limit = 0;
	return 0;
}

int
action_get_last_order(struct call *c, struct err *err)
{
	struct question *q = arena_alloc(c->arena, sizeof(*q));
	bool all = view_is(c->values[LAST_ORDER_INCLUDE], "Y");
	struct page page = { .limit = UINT64_MAX };
	struct view name;

	q->by_account = all && view_is(c->values[LAST_ORDER_GROUP], "Y");
	if (take_filters(c, &q->filters, err) != 0 ||
	    find_subscription(c, q, &page, err) != 0)
		return -1;
	if (!all && args_account_id(c, c->values[LAST_ORDER_ACCOUNT], &q->account_id,
	    err) != 0)
		return -1;
	name = filters_name(&q->filters);
	if (name.n != 0 && page.limit != 0 &&
	    find_name(c, q, name, &page, err) != 0)
		return -1;
	return listing_put(c, "Orders", &page, rows, q, err);
}
