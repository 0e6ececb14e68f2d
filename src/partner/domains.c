/* SPDX-License-Identifier: BSD-2-Clause */
/* ADDDOMAIN (partner-api 4.3, 7; ): plan what is added, then do it. */
#include "partner/actions.h"

#include "partner/args.h"
#include "partner/change.h"
#include "policy/pricing.h"
#include "store/audit.h"
#include "store/binding.h"
#include "store/reseller.h"
#include "store/subscription.h"
#include "wire/partner_error.h"

/* What one ADDDOMAIN comes to. */
struct add {
	struct call		*call;
	struct ident		 name;		/* as asked */
	bool			 associate;
	struct binding		 binding;
	struct subscription	 sub;		/* the active one, or the one to be started */
	bool			 starts;	/* sub is new */
	struct sub_name		 names[2];	/* requested, associated */
	size_t			 n;
	int64_t			 cents;
	int64_t			 days;
	/* Made before the transaction. */
	uint64_t		 ids[6];	/* subscription, transaction, ledger, two names, audit */
	uint64_t		 number;
};

static int
is_active(const struct add *a, struct view name, bool wildcard, struct sub_name *out,
    struct err *err)
{
	if (a->starts)
		return 0;
	return sub_name_get(a->call->svc->store->db, a->call->arena, a->sub.id, name,
	    wildcard, out, err);
}

/* The subscription that the name goes to: the active one, or a new one. */
static int
plan_subscription(struct add *a, struct err *err)
{
	const struct conf *conf = a->call->svc->conf;
	int64_t now = a->call->req->now;
	enum sub_phase phase;
	int rc;

	rc = subscription_newest(a->call->svc->store->db, a->call->arena, a->binding.id,
	    &a->sub, err);
	if (rc < 0)
		return -1;
	phase = rc == 1 ? pricing_phase(now, a->sub.end_at) : SUB_EXPIRED;
	if (phase == SUB_GRACE || (rc == 1 && phase == SUB_EXPIRED &&
	    !conf->readd_after_expiry))
		return partner_error(err, E11);
	a->starts = phase == SUB_EXPIRED;
	if (a->starts)
		a->sub = (struct subscription){ a->ids[0], a->binding.id,
		    pricing_start_at(now), pricing_end_at(now, a->binding.term_years),
		    a->binding.term_years };
	return 0;
}

/* "www.x" for "x" and the other way round. */
static struct view
www_partner(struct arena *arena, struct view name)
{
	if (view_starts(name, VIEW("www.")))
		return view_sub(name, 4, name.n);
	return view_of(arena_printf(arena, "www.%.*s", VIEW_ARG(name)));
}

/* A paid name of the subscription that carries no free one yet: 1, 0, -1. */
static int
may_carry(const struct add *a, struct view name, bool wildcard, uint64_t *id,
    struct err *err)
{
	struct sub_name s;
	int rc;

	rc = is_active(a, name, wildcard, &s, err);
	if (rc != 1 || !s.is_paid)
		return rc < 0 ? -1 : 0;
	rc = sub_name_carries(a->call->svc->store->db, s.id, err);
	*id = s.id;
	return rc < 0 ? -1 : rc == 0;
}

/* Is the requested name free, because a paid partner carries it?  An FQDN before a wildcard. */
static int
plan_carrier(struct add *a, uint64_t *carrier, struct err *err)
{
	int rc;

	*carrier = 0;
	if (a->name.wildcard)
		return 0;
	rc = may_carry(a, www_partner(a->call->arena, a->name.value), false, carrier, err);
	if (rc == 0)
		rc = may_carry(a, a->name.value, true, carrier, err);
	if (rc == 0)
		*carrier = 0;
	return rc < 0 ? -1 : 0;
}

/* The associated name comes along free, unless it is there or there is no such name. */
static int
plan_associate(struct add *a, struct err *err)
{
	struct view name = a->name.wildcard ? a->name.value :
	    www_partner(a->call->arena, a->name.value);
	struct sub_name there;
	struct ident id;
	struct err why;
	int rc;

	if (!a->associate || !a->names[0].is_paid)
		return 0;
	if (ident_parse_dns(a->call->arena, name, &id, &why) != 0 ||
	    names_check(a->call->svc->names, &id, &why) != 0)
		return 0;
	rc = is_active(a, name, false, &there, err);
	if (rc == 0)
		a->names[a->n++] = (struct sub_name){ a->ids[4], id.value, false, false,
		    a->ids[3] };
	return rc < 0 ? -1 : 0;
}

static int
plan_price(struct add *a, struct err *err)
{
	const struct call *c = a->call;
	const struct conf *conf = c->svc->conf;
	struct price p;
	unsigned kind = a->name.wildcard ? NAME_WILDCARD : NAME_FQDN;
	int rc;

	a->days = pricing_full_days(c->req->now, a->sub.end_at);
	if (!a->names[0].is_paid)
		return 0;
	rc = price_get(c->svc->store->db, c->arena, c->reseller.id, a->binding.server_id,
	    kind, p.term_cents, err);
	if (rc <= 0)
		return rc < 0 ? -1 : partner_error(err, E12);
	p.year_cents = p.term_cents[0];
	if (a->days < conf->min_charge_days)
		a->days = conf->min_charge_days;
	a->cents = a->starts ? pricing_term(&p, a->sub.term_years) :
	    pricing_days(&p, a->sub.term_years, a->days);
	/* There are prices, but none that this term has or follows from. */
	return a->cents < 0 ? partner_error(err, E13) : 0;
}

/*
 * What the binding's state and the server's kind say.  Organisations are unknown
 * on a DV server (E9), and must be given on the others, where none is validated yet.
 */
static int
check_binding(const struct add *a, struct err *err)
{
	const struct call *c = a->call;
	bool ov = c->values[ADD_DOMAIN_OV].n != 0, ev = c->values[ADD_DOMAIN_EV].n != 0;
	struct view name;
	enum validation_type type;

	if (a->binding.status == BINDING_DEACTIVATED)
		return partner_error(err, E10);
	if (args_validation(a->call, &a->binding, &type, err) != 0)
		return -1;
	if (type == VALIDATION_DV)
		return ov || ev ? partner_error(err, E9) : 0;
	name = type == VALIDATION_OV ? VIEW("ovAnchorOrderNumber") :
	    VIEW("evAnchorOrderNumber");
	return partner_error_arg(err, (type == VALIDATION_OV ? ov : ev) ? E3 : E2, name);
}

static int
plan(struct add *a, struct err *err)
{
	struct sub_name there;
	uint64_t carrier;
	int rc;

	a->n = 0;
	a->cents = 0;
	if (check_binding(a, err) != 0 || plan_subscription(a, err) != 0)
		return -1;
	rc = is_active(a, a->name.value, a->name.wildcard, &there, err);
	if (rc == 1)
		return partner_error(err, E18);
	if (rc < 0 || plan_carrier(a, &carrier, err) != 0)
		return -1;
	a->names[a->n++] = (struct sub_name){ a->ids[3], a->name.value,
	    a->name.wildcard, carrier == 0, carrier };
	if (plan_associate(a, err) != 0)
		return -1;
	return plan_price(a, err);
}

static int
put_names(struct db *db, const struct add *a, int64_t now, struct err *err)
{
	size_t i;

	for (i = 0; i < a->n; i++)
		if (sub_name_put(db, a->sub.id, &a->names[i], a->ids[1], now, err) != 1 ||
		    transaction_name_put(db, a->ids[1], &a->names[i],
		    i == 0 ? a->cents : 0, err) != 0)
			return err->kind != ERR_NONE ? -1 :
			    err_internal(err, "a name is there though it was not");
	return 0;
}

/* Everything, the balance last. */
static int
apply(struct db *db, const struct add *a, struct err *err)
{
	const struct call *c = a->call;
	int64_t now = c->req->now;
	struct transaction t = { a->ids[1], a->number, c->reseller.id, a->sub.id,
	    TRANSACTION_ADD, a->cents, a->days };
	struct audit audit = args_audit(c, a->ids[5], "partner.add-domain", a->binding.id,
	    ident_text(c->arena, &a->name));
	int rc;

	if ((a->starts && subscription_put(db, &a->sub, now, err) != 0) ||
	    transaction_put(db, &t, now, err) != 0 || put_names(db, a, now, err) != 0 ||
	    audit_put(db, &audit, err) != 0)
		return -1;
	if (a->cents == 0)
		return 0;
	rc = ledger_debit(db, a->ids[2], c->reseller.id, t.id, a->cents, now, err);
	return rc == 0 ? partner_error(err, E14) : rc < 0 ? -1 : 0;
}

static int
add(struct db *db, void *arg, struct err *err)
{
	struct add *a = arg;

	/* Under the lock everything is planned anew: it may have changed. */
	if (binding_lock(db, a->call->arena, a->binding.id, &a->binding, err) != 1)
		return err->kind != ERR_NONE ? -1 : err_internal(err, "binding vanished");
	if (plan(a, err) != 0)
		return -1;
	return apply(db, a, err);
}

/* A quote has no number. */
static void
answer(struct call *c, const void *arg)
{
	const struct add *a = arg;

	jsonw_open(&c->w);
	args_put_bill(c, a->number, a->cents);
	args_put_domains(c, a->names, a->n);
	jsonw_close(&c->w);
}

int
action_add_domain(struct call *c, struct err *err)
{
	struct add a = { .call = c };
	bool quote = view_is(c->values[ADD_DOMAIN_QUOTE], "Y");

	a.associate = view_is(c->values[ADD_DOMAIN_ASSOCIATED], "Y");
	if (args_domain(c, c->values[ADD_DOMAIN_NAME], &a.name, err) != 0 ||
	    args_binding(c, c->values[ADD_DOMAIN_ACCOUNT], &a.binding, err) != 0)
		return -1;
	if (quote) {
		if (plan(&a, err) != 0)
			return -1;
		answer(c, &a);
		return 0;
	}
	if (writer_ids(c->svc->store->writer, a.ids, NITEMS(a.ids), err) != 0 ||
	    writer_small(c->svc->store->writer, NUMBER_TRANSACTION, &a.number, err) != 0)
		return -1;
	return change_run(c, add, answer, &a, err);
}
