/* SPDX-License-Identifier: BSD-2-Clause */
/* SUSPENDACCOUNT, UNSUSPENDACCOUNT, DEACTIVATEACCOUNT (partner-api 4.12). */
#include "partner/actions.h"

#include "model/order.h"
#include "partner/args.h"
#include "partner/change.h"
#include "store/account_state.h"
#include "store/binding.h"
#include "wire/partner_error.h"
#include "wire/problem.h"

#define PROBLEM_MAX	4096	/* bytes */

static const char *const events[] = {
	[STATE_SUSPEND] = "partner.suspend-account",
	[STATE_UNSUSPEND] = "partner.unsuspend-account",
	[STATE_DEACTIVATE] = "partner.deactivate-account",
};
_Static_assert(NITEMS(events) == STATE__MAX, "an event for every change");

/* Y (the default): the binding with all its accounts; N: this account; *: everything. */
static int
take_scope(struct call *c, struct account_scope *s, struct err *err)
{
	struct view id = c->values[SCOPE_ACCOUNT], include = c->values[SCOPE_INCLUDE];
	bool all = view_is(include, "*"), alone = view_is(include, "N");
	struct binding b;

	*s = (struct account_scope){ .reseller_id = c->reseller.id };
	if (id.n == 0 && !all)
		return partner_error_arg(err, E2, VIEW("acmeAccountID"));
	if (include.n != 0 && !all && !alone && !view_is(include, "Y"))
		return partner_error_arg(err, E3, VIEW("includeAdditionalAccounts"));
	if (all)
		return id.n != 0 ? partner_error_arg(err, E3, VIEW("acmeAccountID")) : 0;
	if (args_binding(c, id, &b, err) != 0)
		return -1;
	s->binding_id = b.id;
	return alone ? args_account_id(c, id, &s->account_id, err) : 0;
}

static int
change(struct db *db, void *arg, struct err *err)
{
	struct account_state *s = arg;

	if (account_state_change(db, s, err) != 0)
		return -1;
	if (s->change == STATE_DEACTIVATE && s->scope.account_id != 0 && s->accounts == 0)
		return partner_error(err, E7);
	return 0;
}

static void
answer(struct call *c, const void *arg)
{
	const struct account_state *s = arg;

	jsonw_open(&c->w);
	jsonw_kv_bool(&c->w, "success", true);
	jsonw_kv_int(&c->w, "nRecordsUpdated", (int64_t)s->accounts);
	jsonw_close(&c->w);
}

static int
run(struct call *c, struct account_state *s, struct err *err)
{
	struct account_scope *o = &s->scope;
	struct view id = c->values[SCOPE_ACCOUNT];

	uint64_t audit_id;

	if (take_scope(c, o, err) != 0 || writer_id(c->svc->store->writer, &audit_id, err) != 0)
		return -1;
	s->audit = args_audit(c, audit_id, events[s->change],
	    o->account_id != 0 ? o->account_id : o->binding_id != 0 ? o->binding_id :
	    o->reseller_id, id.n != 0 ? id : VIEW("*"));
	return change_run(c, change, answer, s, err);
}

int
action_suspend_account(struct call *c, struct err *err)
{
	struct account_state s = { .change = STATE_SUSPEND };

	return run(c, &s, err);
}

int
action_unsuspend_account(struct call *c, struct err *err)
{
	struct account_state s = { .change = STATE_UNSUSPEND };

	return run(c, &s, err);
}

int
action_deactivate_account(struct call *c, struct err *err)
{
	struct account_state s = { .change = STATE_DEACTIVATE,
	    .orders_since = c->req->now - ORDER_LIFE_MAX };
	struct buf b = BUF_INIT(PROBLEM_MAX);
	struct err why;
	struct jsonw w;
	int rc;

	jsonw_init(&w, &b);
	(void)err_set(&why, ERR_UNAUTHORIZED, "The account was deactivated");
	problem_put(&w, &why, NULL);
	s.problem = buf_view(&b);
	rc = run(c, &s, err);
	buf_release(&b);
	return rc;
}
