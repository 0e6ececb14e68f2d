/* SPDX-License-Identifier: BSD-2-Clause */
/* statement: a month of a reseller's balance, in UTC, as CSV or JSON. */
#include "ctl/ctl.h"

#include "ctl/csv.h"
#include "policy/pricing.h"
#include "store/statement.h"
#include "wire/ident.h"
#include "wire/timefmt.h"

#define ROWS_AT_ONCE	500
#define HEAD		"date,type,orderNumber,acmeAccountID,domainName,days,reason,amount,balance"

struct statement {
	struct ctl		*ctl;
	struct reseller		 reseller;
	const char		*month;
	struct statement_time	 time;
	struct csv		 csv;
	int64_t			 balance;	/* as far as it is written */
	int64_t			 credits, charges, refunds;	/* sums so far */
};

static const char *
type_name(const struct statement_row *r)
{
	if (r->cause == LEDGER_CREDIT)
		return "credit";
	return r->type == TRANSACTION_ADD ? "addDomain" : r->type == TRANSACTION_EXTEND ?
	    "extendDomains" : "refundDomain";
}

static void
count(struct statement *s, const struct statement_row *r)
{
	int64_t *sum = r->cause == LEDGER_CREDIT ? &s->credits :
	    r->type == TRANSACTION_REFUND ? &s->refunds : &s->charges;

	*sum += r->cents;
	s->balance += r->cents;
}

static struct view
name_of(struct arena *a, const struct statement_row *r)
{
	const struct ident id = { IDENT_DNS, r->is_wildcard, r->name };

	return r->name.p != NULL ? ident_text(a, &id) : VIEW("");
}

/* ---- CSV */

static void
put_cents(struct csv *c, int64_t cents)
{
	char text[CENTS_TEXT_MAX];

	cents_format(cents, text);
	csv_put(c, view_of(text));
}

static void
put_time(struct csv *c, int64_t at)
{
	char text[RFC3339_LEN + 1];

	rfc3339_format(at, text);
	csv_put(c, view_of(text));
}

/* A line that is no movement: the balance at a time. */
static void
csv_balance(struct statement *s, int64_t at, const char *type)
{
	put_time(&s->csv, at);
	csv_put(&s->csv, view_of(type));
	csv_skip(&s->csv, 6);
	put_cents(&s->csv, s->balance);
	csv_end(&s->csv);
}

static void
csv_sum(struct statement *s, int64_t at, const char *type, int64_t cents)
{
	put_time(&s->csv, at);
	csv_put(&s->csv, view_of(type));
	csv_skip(&s->csv, 5);
	put_cents(&s->csv, cents);
	csv_skip(&s->csv, 1);
	csv_end(&s->csv);
}

static void
csv_row(struct statement *s, const struct statement_row *r)
{
	struct arena *a = s->ctl->arena;
	struct csv *c = &s->csv;

	put_time(c, r->created_at);
	csv_put(c, view_of(type_name(r)));
	if (r->cause == LEDGER_CREDIT)
		csv_skip(c, 4);
	else {
		csv_put(c, view_of(arena_printf(a, "%ju", (uintmax_t)r->number)));
		csv_put(c, r->key_id);
		csv_put(c, name_of(a, r));
		csv_put(c, view_of(arena_printf(a, "%jd", (intmax_t)r->days)));
	}
	csv_put(c, r->reason);
	put_cents(c, r->cents);
	put_cents(c, s->balance);
	csv_end(c);
}

/* ---- JSON */

static void
json_row(struct statement *s, const struct statement_row *r)
{
	struct jsonw *w = &s->ctl->out.w;

	jsonw_open(w);
	jsonw_kv_time(w, "date", r->created_at);
	jsonw_kv_cstr(w, "type", type_name(r));
	if (r->cause == LEDGER_CREDIT)
		jsonw_kv_str(w, "reason", r->reason);
	else {
		jsonw_kv_int(w, "orderNumber", (int64_t)r->number);
		jsonw_kv_str(w, "acmeAccountID", r->key_id);
		if (r->name.p != NULL)
			jsonw_kv_str(w, "domainName", name_of(s->ctl->arena, r));
		jsonw_kv_int(w, "days", r->days);
	}
	out_cents(w, "amount", r->cents);
	out_cents(w, "balance", s->balance);
	jsonw_close(w);
}

/* ---- both */

static void
begin(struct statement *s)
{
	struct out *o = &s->ctl->out;

	if (!o->as_json) {
		o->is_text = true;
		csv_init(&s->csv, &o->buf);
		csv_head(&s->csv, HEAD);
		csv_balance(s, s->time.from, "opening");
		return;
	}
	jsonw_open(&o->w);
	jsonw_kv_str(&o->w, "loginName", s->reseller.login_name);
	jsonw_kv_str(&o->w, "currency", s->reseller.currency);
	jsonw_kv_cstr(&o->w, "month", s->month);
	out_cents(&o->w, "opening", s->balance);
	jsonw_key(&o->w, "rows");
	jsonw_open_array(&o->w);
}

static void
end(struct statement *s)
{
	struct out *o = &s->ctl->out;
	int64_t last = s->time.to - 1;

	if (!o->as_json) {
		csv_sum(s, last, "credits", s->credits);
		csv_sum(s, last, "charges", s->charges);
		csv_sum(s, last, "refunds", s->refunds);
		csv_balance(s, last, "closing");
		return;
	}
	jsonw_close_array(&o->w);
	out_cents(&o->w, "credits", s->credits);
	out_cents(&o->w, "charges", s->charges);
	out_cents(&o->w, "refunds", s->refunds);
	out_cents(&o->w, "closing", s->balance);
	jsonw_close(&o->w);
}

static int
put_rows(struct statement *s, struct db *db, struct err *err)
{
	struct statement_row behind = { .created_at = s->time.from }, *rows;
	struct ctl *c = s->ctl;
	size_t i, n;

	do {
		arena_reset(c->arena);
		if (statement_rows(db, c->arena, s->reseller.id, &s->time, &behind, ROWS_AT_ONCE,
		    &rows, &n, err) != 0)
			return -1;
		for (i = 0; i < n; i++) {
			count(s, &rows[i]);
			if (c->out.as_json)
				json_row(s, &rows[i]);
			else
				csv_row(s, &rows[i]);
			behind = rows[i];
		}
		if (out_flush(&c->out, err) != 0)
			return -1;
	} while (n == ROWS_AT_ONCE);
	return 0;
}

static int
write_all(struct db *db, void *arg, struct err *err)
{
	struct statement *s = arg;
	struct statement_sums sums;
	int64_t closing;

	if (statement_sums(db, s->ctl->arena, s->reseller.id, &s->time, &sums, err) != 0)
		return -1;
	s->balance = sums.balance_cents - sums.since_from_cents;
	closing = sums.balance_cents - sums.since_to_cents;
	begin(s);
	if (put_rows(s, db, err) != 0)
		return -1;
	if (s->balance != closing)
		return err_internal(err, "the rows do not lead from the opening balance to the "
		    "closing one: see caasctl doctor");
	end(s);
	return 0;
}

/* The first second of the month that "2026-11..." is in. */
static int
first_second(const char *text, int64_t *at)
{
	char day[sizeof("2026-11-01")];
	int64_t date;

	(void)snprintf(day, sizeof(day), "%.7s-01", text);
	if (date_parse(view_of(day), &date) != 0 || date < 0)
		return -1;
	*at = date * DAY_S;
	return 0;
}

/* A month and its end: 31 days later it is the next one. */
static int
parse_month(const char *text, struct statement_time *t, struct err *err)
{
	char next[RFC3339_LEN + 1];

	if (strlen(text) != sizeof("2026-11") - 1 || first_second(text, &t->from) != 0)
		return ctl_usage(err, "%s is no month, as 2026-11", text);
	rfc3339_format(t->from + 31 * DAY_S, next);
	return first_second(next, &t->to) != 0 || t->to == t->from ?
	    ctl_usage(err, "%s is no month, as 2026-11", text) : 0;
}

int
ctl_statement(struct ctl *c, struct err *err)
{
	struct statement s = { .ctl = c };
	struct arena *kept = c->arena;
	int rc;

	if (ctl_args(c, 2, err) != 0 || parse_month(c->argv[1], &s.time, err) != 0 ||
	    ctl_open(c, err) != 0 || ctl_find_reseller(c, c->argv[0], &s.reseller, err) != 0)
		return -1;
	s.month = c->argv[1];
	/* One of its own, that is emptied after every piece. */
	c->arena = arena_new();
	rc = tx_snapshot(c->store.db, write_all, &s, err);
	arena_free(c->arena);
	c->arena = kept;
	return rc;
}
