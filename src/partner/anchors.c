/* SPDX-License-Identifier: BSD-2-Clause */
/* UPDATEDOMAINS (partner-api 4.6): names move from one validated organisation to another. */
#include "partner/actions.h"

#include "partner/args.h"
#include "partner/change.h"
#include "policy/pricing.h"
#include "store/binding.h"
#include "store/subscription.h"
#include "wire/partner_error.h"

/* What one UPDATEDOMAINS comes to. */
struct move {
	struct call	*call;
	struct binding	 binding;
	struct view	 from, to;	/* orders that validated the organisations */
	uint64_t	 n;		/* names that moved */
	uint64_t	 audit_id;	/* made before the transaction */
};

/* The pair of the server's kind; the other kind's has no place there. */
static int
take_anchors(struct move *m, struct err *err)
{
	static const unsigned pairs[][2] = {
		{ UPDATE_DOMAINS_OV, UPDATE_DOMAINS_OLD_OV },
		{ UPDATE_DOMAINS_EV, UPDATE_DOMAINS_OLD_EV },
	};
	const struct call *c = m->call;
	enum validation_type type;
	const unsigned *own, *other;
	size_t i;

	if (args_validation(m->call, &m->binding, &type, err) != 0)
		return -1;
	if (type == VALIDATION_DV)
		return partner_error(err, E9);
	own = pairs[type == VALIDATION_EV];
	other = pairs[type != VALIDATION_EV];
	for (i = 0; i < 2; i++) {
		if (c->values[own[i]].n == 0)
			return partner_error_arg(err, E2, view_of(c->action->args[own[i]].name));
		if (c->values[other[i]].n != 0)
			return partner_error_arg(err, E3,
			    view_of(c->action->args[other[i]].name));
	}
	m->to = c->values[own[0]];
	m->from = c->values[own[1]];
	return 0;
}

static int
move(struct db *db, void *arg, struct err *err)
{
	struct move *m = arg;
	const struct call *c = m->call;
	struct subscription sub;
	struct audit audit;
	int rc;

	m->n = 0;
	if (binding_lock(db, c->arena, m->binding.id, &m->binding, err) != 1)
		return err->kind != ERR_NONE ? -1 : err_internal(err, "binding vanished");
	if (m->binding.status == BINDING_DEACTIVATED)
		return partner_error(err, E10);
	rc = subscription_newest(db, c->arena, m->binding.id, &sub, err);
	if (rc <= 0 || pricing_phase(c->req->now, sub.end_at) == SUB_EXPIRED)
		return rc < 0 ? -1 : 0;
	if (anchors_move(db, sub.id, m->from, m->to, &m->n, err) != 0)
		return -1;
	if (m->n == 0)
		return 0;
	audit = args_audit(c, m->audit_id, "partner.update-domains", m->binding.id,
	    view_of(arena_printf(c->arena, "%.*s to %.*s", VIEW_ARG(m->from),
	    VIEW_ARG(m->to))));
	return audit_put(db, &audit, err);
}

static void
answer(struct call *c, const void *arg)
{
	const struct move *m = arg;

	jsonw_open(&c->w);
	jsonw_kv_int(&c->w, "nRecordsUpdated", (int64_t)m->n);
	jsonw_kv_bool(&c->w, "success", true);
	jsonw_close(&c->w);
}

int
action_update_domains(struct call *c, struct err *err)
{
	struct move m = { .call = c };

	if (args_binding(c, c->values[UPDATE_DOMAINS_ACCOUNT], &m.binding, err) != 0 ||
	    take_anchors(&m, err) != 0 ||
	    writer_id(c->svc->store->writer, &m.audit_id, err) != 0)
		return -1;
	return change_run(c, move, answer, &m, err);
}
