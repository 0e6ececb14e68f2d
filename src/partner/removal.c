/* SPDX-License-Identifier: BSD-2-Clause */
/* REMOVEDOMAIN (partner-api 4.4; ): a name, what it carries, and its money back. */
#include "partner/actions.h"

#include "partner/args.h"
#include "partner/change.h"
#include "policy/pricing.h"
#include "store/audit.h"
#include "store/binding.h"
#include "store/reseller.h"
#include "store/subscription.h"
#include "wire/partner_error.h"

/* What one REMOVEDOMAIN comes to. */
struct removal {
	struct call		*call;
	struct ident		 name;		/* as asked */
	struct binding		 binding;
	struct subscription	 sub;
	struct sub_name		 names[2];	/* requested, carried by it */
	size_t			 n;
	struct purchase		 bought;	/* how the requested one came in */
	bool			 refunds;
	/* Made before the transaction. */
	uint64_t		 ids[3];	/* refund, ledger, audit */
	uint64_t		 number;
};

/* The name as it stands now, with the free one that it carries. */
static int
find_names(struct removal *m, struct err *err)
{
	struct db *db = m->call->svc->store->db;
	struct arena *arena = m->call->arena;
	int rc;

	rc = sub_name_get(db, arena, m->sub.id, m->name.value, m->name.wildcard,
	    &m->names[0], err);
	if (rc <= 0)
		return rc < 0 ? -1 : partner_error(err, E8);
	rc = sub_name_carried_by(db, arena, m->names[0].id, &m->names[1], err);
	m->n = rc == 1 ? 2 : 1;
	return rc < 0 ? -1 : 0;
}

static int
plan(struct removal *m, struct err *err)
{
	struct db *db = m->call->svc->store->db;
	struct arena *arena = m->call->arena;
	int64_t now = m->call->req->now;
	int rc;

	rc = subscription_newest(db, arena, m->binding.id, &m->sub, err);
	if (rc < 0)
		return -1;
	if (rc == 0 || pricing_phase(now, m->sub.end_at) == SUB_EXPIRED)
		return partner_error(err, E8);
	if (find_names(m, err) != 0)
		return -1;
	if (sub_name_bought(db, arena, m->names[0].id, &m->bought, err) != 1)
		return err->kind != ERR_NONE ? -1 : err_internal(err, "a name without its order");
	/* Its order cost something for the paid name of it only. */
	m->refunds = m->names[0].is_paid && m->bought.cents > 0 &&
	    pricing_refundable(now, m->bought.added_at);
	return 0;
}

/* The row refundDomain, its names, the balance last. */
static int
refund(struct db *db, const struct removal *m, struct err *err)
{
	const struct call *c = m->call;
	int64_t now = c->req->now;
	struct transaction t = { m->ids[0], m->number, c->reseller.id, m->sub.id,
	    TRANSACTION_REFUND, m->bought.cents, m->bought.days };
	size_t i;

	if (transaction_put(db, &t, now, err) != 0)
		return -1;
	for (i = 0; i < m->n; i++)
		if (transaction_name_put(db, t.id, &m->names[i], i == 0 ? t.cents : 0, err) != 0)
			return -1;
	return ledger_refund(db, m->ids[1], c->reseller.id, t.id, t.cents, now, err);
}

static int
take_out(struct db *db, void *arg, struct err *err)
{
	struct removal *m = arg;
	const struct call *c = m->call;
	struct audit audit;
	size_t i;

	if (binding_lock(db, c->arena, m->binding.id, &m->binding, err) != 1)
		return err->kind != ERR_NONE ? -1 : err_internal(err, "binding vanished");
	if (plan(m, err) != 0)
		return -1;
	for (i = 0; i < m->n; i++)
		if (sub_name_remove(db, m->names[i].id, c->req->now, err) != 1)
			return err->kind != ERR_NONE ? -1 :
			    err_internal(err, "a name is gone though it was there");
	audit = args_audit(c, m->ids[2], "partner.remove-domain", m->binding.id,
	    ident_text(c->arena, &m->name));
	if (audit_put(db, &audit, err) != 0)
		return -1;
	return m->refunds ? refund(db, m, err) : 0;
}

static void
answer(struct call *c, const void *arg)
{
	const struct removal *m = arg;

	jsonw_open(&c->w);
	jsonw_kv_bool(&c->w, "success", true);
	args_put_domains(c, m->names, m->n);
	jsonw_close(&c->w);
}

int
action_remove_domain(struct call *c, struct err *err)
{
	struct removal m = { .call = c };
	struct writer *writer = c->svc->store->writer;

	/* What policy forbids by now can still be taken out. */
	if (args_domain_spelling(c, c->values[REMOVE_DOMAIN_NAME], &m.name, err) != 0 ||
	    args_binding(c, c->values[REMOVE_DOMAIN_ACCOUNT], &m.binding, err) != 0 ||
	    writer_ids(writer, m.ids, NITEMS(m.ids), err) != 0 ||
	    writer_small(writer, NUMBER_TRANSACTION, &m.number, err) != 0)
		return -1;
	return change_run(c, take_out, answer, &m, err);
}
