/* SPDX-License-Identifier: BSD-2-Clause */
/* ADDDOMAIN (partner-api 4.3). */
#include "partner/actions.h"

#include "billing/addition.h"
#include "partner/args.h"
#include "partner/change.h"
#include "store/binding.h"
#include "wire/partner_error.h"

/* One ADDDOMAIN. */
struct add {
	struct call	*call;
	struct addition	 addition;
};

/*
 * Organisations are unknown on a DV server (E9), and must be given on the others, where
 * none is validated yet.
 */
static int
check_anchors(const struct add *a, struct err *err)
{
	const struct call *c = a->call;
	bool ov = c->values[ADD_DOMAIN_OV].n != 0, ev = c->values[ADD_DOMAIN_EV].n != 0;
	struct view name;
	enum validation_type type;

	if (args_validation(a->call, &a->addition.binding, &type, err) != 0)
		return -1;
	if (type == VALIDATION_DV)
		return ov || ev ? partner_error(err, E9) : 0;
	name = type == VALIDATION_OV ? VIEW("ovAnchorOrderNumber") :
	    VIEW("evAnchorOrderNumber");
	return partner_error_arg(err, (type == VALIDATION_OV ? ov : ev) ? E3 : E2, name);
}

static int
plan(struct db *db, struct add *a, struct err *err)
{
	/* The state of the binding comes first, and the plan looks at that. */
	if (a->addition.binding.status != BINDING_DEACTIVATED && check_anchors(a, err) != 0)
		return -1;
	return addition_plan(db, &a->addition, err);
}

static int
add(struct db *db, void *arg, struct err *err)
{
	struct add *a = arg;
	struct binding *b = &a->addition.binding;

	/* Under the lock everything is planned anew: it may have changed. */
	if (binding_lock(db, a->call->arena, b->id, b, err) != 1)
		return err->kind != ERR_NONE ? -1 : err_internal(err, "binding vanished");
	if (plan(db, a, err) != 0 || addition_put(db, &a->addition, err) != 0)
		return -1;
	return addition_charge(db, &a->addition, err);
}

/* A quote has no number. */
static void
answer(struct call *c, const void *arg)
{
	const struct addition *a = &((const struct add *)arg)->addition;

	jsonw_open(&c->w);
	args_put_bill(c, a->number, a->cents);
	args_put_domains(c, a->names, a->n);
	jsonw_close(&c->w);
}

int
action_add_domain(struct call *c, struct err *err)
{
	struct add a = { .call = c, .addition = { .conf = c->svc->conf, .policy = c->svc->names,
	    .arena = c->arena, .now = c->req->now, .reseller_id = c->reseller.id } };
	struct addition *what = &a.addition;
	struct writer *writer = c->svc->store->writer;
	uint64_t audit_id;

	what->associate = view_is(c->values[ADD_DOMAIN_ASSOCIATED], "Y");
	if (args_domain(c, c->values[ADD_DOMAIN_NAME], &what->name, err) != 0 ||
	    args_binding(c, c->values[ADD_DOMAIN_ACCOUNT], &what->binding, err) != 0)
		return -1;
	if (view_is(c->values[ADD_DOMAIN_QUOTE], "Y")) {
		if (plan(c->svc->store->db, &a, err) != 0)
			return -1;
		answer(c, &a);
		return 0;
	}
	if (writer_ids(writer, what->ids, NITEMS(what->ids), err) != 0 ||
	    writer_id(writer, &audit_id, err) != 0 ||
	    writer_small(writer, NUMBER_TRANSACTION, &what->number, err) != 0)
		return -1;
	what->audit = args_audit(c, audit_id, "partner.add-domain", what->binding.id,
	    ident_text(c->arena, &what->name));
	return change_run(c, add, answer, &a, err);
}
