/* SPDX-License-Identifier: BSD-2-Clause */
/* EXTENDDOMAINS (partner-api 4.5; ): every name of a subscription, or none. */
#include "partner/actions.h"

#include "partner/args.h"
#include "partner/change.h"
#include "policy/pricing.h"
#include "store/binding.h"
#include "store/reseller.h"
#include "store/subscription.h"
#include "wire/partner_error.h"

/* What one EXTENDDOMAINS comes to. */
struct extension {
	struct call		*call;
	unsigned		 years;
	struct binding		 binding;
	struct subscription	 sub;
	int64_t			 fqdn_cents;		/* of each paid name */
	int64_t			 wildcard_cents;
	int64_t			 cents;			/* of all */
	/* Made before the transaction. */
	uint64_t		 ids[3];		/* transaction, ledger, audit */
	uint64_t		 number;
};

/* What n paid names of a kind come to is added to the whole. */
static int
add_kind(struct extension *x, unsigned kind, int64_t n, int64_t *each, struct err *err)
{
	const struct call *c = x->call;
	struct price price;
	int64_t all;
	int rc;

	*each = 0;
	if (n == 0)
		return 0;
	rc = price_get(c->svc->store->db, c->arena, c->reseller.id, x->binding.server_id,
	    kind, price.term_cents, err);
	if (rc <= 0)
		return rc < 0 ? -1 : partner_error(err, E12);
	price.year_cents = price.term_cents[0];
	*each = pricing_term(&price, x->years);
	if (*each < 0 || __builtin_mul_overflow(*each, n, &all) ||
	    __builtin_add_overflow(x->cents, all, &x->cents))
		return partner_error(err, E13);
	return 0;
}

static bool
is_open(const struct extension *x)
{
	int64_t now = x->call->req->now;

	if (x->call->svc->conf->subscription_rules == CONF_RULES_V1)
		return pricing_may_extend_v1(now, x->sub.start_at, x->sub.end_at);
	return pricing_may_extend(now, x->sub.end_at);
}

static int
plan(struct extension *x, struct err *err)
{
	struct db *db = x->call->svc->store->db;
	struct arena *arena = x->call->arena;
	struct billed billed;
	int rc;

	x->cents = 0;
	if (x->binding.status == BINDING_DEACTIVATED)
		return partner_error(err, E10);
	rc = subscription_newest(db, arena, x->binding.id, &x->sub, err);
	if (rc <= 0)
		return rc < 0 ? -1 : partner_error(err, E11);
	if (!is_open(x))
		return partner_error(err, E11);
	if (sub_names_billed(db, arena, x->sub.id, &billed, err) != 1)
		return err->kind != ERR_NONE ? -1 : err_internal(err, "no count of names");
	/* A free name stands beside a paid one: none paid is none at all. */
	if (billed.fqdns == 0 && billed.wildcards == 0)
		return partner_error(err, E11);
	if (add_kind(x, NAME_FQDN, billed.fqdns, &x->fqdn_cents, err) != 0)
		return -1;
	return add_kind(x, NAME_WILDCARD, billed.wildcards, &x->wildcard_cents, err);
}

/* Everything, the balance last. */
static int
apply(struct db *db, const struct extension *x, struct err *err)
{
	const struct call *c = x->call;
	int64_t now = c->req->now;
	struct transaction t = { x->ids[0], x->number, c->reseller.id, x->sub.id,
	    TRANSACTION_EXTEND, x->cents, (int64_t)x->years * DAYS_A_YEAR };
	struct audit audit = args_audit(c, x->ids[2], "partner.extend-domains", x->binding.id,
	    view_of(arena_printf(c->arena, "%u", x->years)));
	int rc;

	rc = subscription_extend(db, &x->sub, pricing_extended_end_at(x->sub.end_at, x->years),
	    x->years, err);
	if (rc != 1)
		return rc < 0 ? -1 : err_internal(err, "a subscription moved under its lock");
	if (transaction_put(db, &t, now, err) != 0 ||
	    transaction_names_extend(db, t.id, x->sub.id, x->fqdn_cents, x->wildcard_cents,
	    err) != 0 || audit_put(db, &audit, err) != 0)
		return -1;
	if (x->cents == 0)
		return 0;
	rc = ledger_debit(db, x->ids[1], c->reseller.id, t.id, x->cents, now, err);
	return rc == 0 ? partner_error(err, E14) : rc < 0 ? -1 : 0;
}

static int
extend(struct db *db, void *arg, struct err *err)
{
	struct extension *x = arg;

	if (binding_lock(db, x->call->arena, x->binding.id, &x->binding, err) != 1)
		return err->kind != ERR_NONE ? -1 : err_internal(err, "binding vanished");
	return plan(x, err) != 0 ? -1 : apply(db, x, err);
}

/* A quote has no number. */
static void
answer(struct call *c, const void *arg)
{
	const struct extension *x = arg;

	jsonw_open(&c->w);
	args_put_bill(c, x->number, x->cents);
	jsonw_kv_int(&c->w, "extensionDurationDays", (int64_t)x->years * DAYS_A_YEAR);
	jsonw_close(&c->w);
}

int
action_extend_domains(struct call *c, struct err *err)
{
	struct extension x = { .call = c };
	struct writer *writer = c->svc->store->writer;
	bool quote = view_is(c->values[EXTEND_DOMAINS_QUOTE], "Y");

	if (args_term(c->svc->conf->subscription_rules, c->values[EXTEND_DOMAINS_YEARS],
	    c->values[EXTEND_DOMAINS_DAYS], &x.years, err) != 0 ||
	    args_binding(c, c->values[EXTEND_DOMAINS_ACCOUNT], &x.binding, err) != 0)
		return -1;
	if (quote) {
		if (plan(&x, err) != 0)
			return -1;
		answer(c, &x);
		return 0;
	}
	if (writer_ids(writer, x.ids, NITEMS(x.ids), err) != 0 ||
	    writer_small(writer, NUMBER_TRANSACTION, &x.number, err) != 0)
		return -1;
	return change_run(c, extend, answer, &x, err);
}
