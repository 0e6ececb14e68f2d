/* SPDX-License-Identifier: BSD-2-Clause */
/* Names that are added: which subscription, which of them are free, the price; the rows. */
#include "billing/addition.h"

#include "policy/pricing.h"
#include "store/reseller.h"
#include "store/subscription.h"
#include "wire/partner_error.h"

static int
is_active(struct db *db, const struct addition *a, struct view name, bool wildcard,
    struct sub_name *out, struct err *err)
{
	if (a->starts)
		return 0;
	return sub_name_get(db, a->arena, a->sub.id, name, wildcard, out, err);
}

/* The subscription that the name goes to: the active one, or a new one. */
static int
plan_subscription(struct db *db, struct addition *a, struct err *err)
{
	enum sub_phase phase;
	int rc;

	rc = subscription_newest(db, a->arena, a->binding.id, &a->sub, err);
	if (rc < 0)
		return -1;
	phase = rc == 1 ? pricing_phase(a->now, a->sub.end_at) : SUB_EXPIRED;
	if (phase == SUB_GRACE || (rc == 1 && phase == SUB_EXPIRED &&
	    !a->conf->readd_after_expiry))
		return partner_error(err, E11);
	a->starts = phase == SUB_EXPIRED;
	if (a->starts)
		a->sub = (struct subscription){ a->ids[ADDITION_SUBSCRIPTION], a->binding.id,
		    pricing_start_at(a->now), pricing_end_at(a->now, a->binding.term_years),
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
may_carry(struct db *db, const struct addition *a, struct view name, bool wildcard,
    uint64_t *id, struct err *err)
{
	struct sub_name s;
	int rc;

	rc = is_active(db, a, name, wildcard, &s, err);
	if (rc != 1 || !s.is_paid)
		return rc < 0 ? -1 : 0;
	rc = sub_name_carries(db, s.id, err);
	*id = s.id;
	return rc < 0 ? -1 : rc == 0;
}

/* Is the requested name free, because a paid partner carries it?  An FQDN before a wildcard. */
static int
plan_carrier(struct db *db, struct addition *a, uint64_t *carrier, struct err *err)
{
	int rc;

	*carrier = 0;
	if (a->name.wildcard)
		return 0;
	rc = may_carry(db, a, www_partner(a->arena, a->name.value), false, carrier, err);
	if (rc == 0)
		rc = may_carry(db, a, a->name.value, true, carrier, err);
	if (rc == 0)
		*carrier = 0;
	return rc < 0 ? -1 : 0;
}

/* The associated name comes along free, unless it is there or there is no such name. */
static int
plan_associate(struct db *db, struct addition *a, struct err *err)
{
	struct view name = a->name.wildcard ? a->name.value :
	    www_partner(a->arena, a->name.value);
	struct sub_name there;
	struct ident id;
	struct err why;
	int rc;

	if (!a->associate || !a->names[0].is_paid)
		return 0;
	if (ident_parse_dns(a->arena, name, &id, &why) != 0 ||
	    names_check(a->policy, &id, &why) != 0)
		return 0;
	rc = is_active(db, a, name, false, &there, err);
	if (rc == 0)
		a->names[a->n++] = (struct sub_name){ a->ids[ADDITION_ASSOCIATED], id.value,
		    false, false, a->ids[ADDITION_NAME] };
	return rc < 0 ? -1 : 0;
}

static int
plan_price(struct db *db, struct addition *a, struct err *err)
{
	struct price p;
	unsigned kind = a->name.wildcard ? NAME_WILDCARD : NAME_FQDN;
	int rc;

	a->days = pricing_full_days(a->now, a->sub.end_at);
	if (!a->names[0].is_paid)
		return 0;
	rc = price_get(db, a->arena, a->reseller_id, a->binding.server_id, kind,
	    p.term_cents, err);
	if (rc <= 0)
		return rc < 0 ? -1 : partner_error(err, E12);
	p.year_cents = p.term_cents[0];
	if (a->days < a->conf->min_charge_days)
		a->days = a->conf->min_charge_days;
	a->cents = a->starts ? pricing_term(&p, a->sub.term_years) :
	    pricing_days(&p, a->sub.term_years, a->days);
	/* There are prices, but none that this term has or follows from. */
	return a->cents < 0 ? partner_error(err, E13) : 0;
}

int
addition_plan(struct db *db, struct addition *a, struct err *err)
{
	struct sub_name there;
	uint64_t carrier;
	int rc;

	a->n = 0;
	a->cents = 0;
	if (a->binding.status == BINDING_DEACTIVATED)
		return partner_error(err, E10);
	if (plan_subscription(db, a, err) != 0)
		return -1;
	rc = is_active(db, a, a->name.value, a->name.wildcard, &there, err);
	if (rc == 1)
		return partner_error(err, E18);
	if (rc < 0 || plan_carrier(db, a, &carrier, err) != 0)
		return -1;
	a->names[a->n++] = (struct sub_name){ a->ids[ADDITION_NAME], a->name.value,
	    a->name.wildcard, carrier == 0, carrier };
	if (plan_associate(db, a, err) != 0)
		return -1;
	return plan_price(db, a, err);
}

static int
put_names(struct db *db, const struct addition *a, uint64_t transaction_id, struct err *err)
{
	size_t i;

	for (i = 0; i < a->n; i++)
		if (sub_name_put(db, a->sub.id, &a->names[i], transaction_id, a->now, err) != 1 ||
		    transaction_name_put(db, transaction_id, &a->names[i],
		    i == 0 ? a->cents : 0, err) != 0)
			return err->kind != ERR_NONE ? -1 :
			    err_internal(err, "a name is there though it was not");
	return 0;
}

int
addition_put(struct db *db, const struct addition *a, struct err *err)
{
	struct transaction t = { a->ids[ADDITION_TRANSACTION], a->number, a->reseller_id,
	    a->sub.id, TRANSACTION_ADD, a->cents, a->days };

	if ((a->starts && subscription_put(db, &a->sub, a->now, err) != 0) ||
	    transaction_put(db, &t, a->now, err) != 0 || put_names(db, a, t.id, err) != 0)
		return -1;
	return audit_put(db, &a->audit, err);
}

int
addition_charge(struct db *db, const struct addition *a, struct err *err)
{
	int rc;

	if (a->cents == 0)
		return 0;
	rc = ledger_debit(db, a->ids[ADDITION_LEDGER], a->reseller_id,
	    a->ids[ADDITION_TRANSACTION], a->cents, a->now, err);
	return rc == 0 ? partner_error(err, E14) : rc < 0 ? -1 : 0;
}
