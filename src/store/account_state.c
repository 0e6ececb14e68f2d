/* SPDX-License-Identifier: BSD-2-Clause */
/* Three scopes of one change: an account, a binding with its accounts, all of a reseller. */
#include "store/account_state.h"

#include "store/binding.h"

static const struct {
	enum stmt		accounts;
	enum binding_status	to;
	enum binding_status	from[2];
} changes[] = {
	[STATE_SUSPEND] = { STMT_ACCOUNTS_SUSPEND, BINDING_SUSPENDED,
	    { BINDING_USABLE, BINDING_USABLE } },
	[STATE_UNSUSPEND] = { STMT_ACCOUNTS_UNSUSPEND, BINDING_USABLE,
	    { BINDING_SUSPENDED, BINDING_SUSPENDED } },
	[STATE_DEACTIVATE] = { STMT_ACCOUNTS_DEACTIVATE, BINDING_DEACTIVATED,
	    { BINDING_USABLE, BINDING_SUSPENDED } },
};
_Static_assert(NITEMS(changes) == STATE__MAX, "a row for every change");

/* An id, or every id where it is 0. */
#define FROM_TO(id)	P_U(id), P_U((id) != 0 ? (id) : UINT64_MAX)

/* newAccount holds the same lock, so nobody registers in between. */
static int
lock(struct db *db, const struct account_scope *s, struct err *err)
{
	struct arena *a = arena_new();
	struct binding ignored;
	int rc;

	rc = binding_lock(db, a, s->binding_id, &ignored, err);
	arena_free(a);
	if (rc == 0)
		return err_internal(err, "binding vanished");
	return rc < 0 ? -1 : 0;
}

/* The bindings themselves, unless only one account is meant; how many. */
static int
move_bindings(struct db *db, const struct account_state *s, uint64_t *moved,
    struct err *err)
{
	const struct account_scope *o = &s->scope;

	*moved = 0;
	if (o->account_id != 0)
		return 0;
	return db_exec(db, STMT_BINDINGS_MOVE, PARAMS(P_U(changes[s->change].to),
	    P_U(o->reseller_id), FROM_TO(o->binding_id), P_U(changes[s->change].from[0]),
	    P_U(changes[s->change].from[1])), moved, err);
}

int
account_state_change(struct db *db, struct account_state *s, struct err *err)
{
	const struct account_scope *o = &s->scope;
	uint64_t bindings;

	/* All bindings of a reseller are locked by being moved, in the order of their ids. */
	if ((o->binding_id != 0 && lock(db, o, err) != 0) ||
	    move_bindings(db, s, &bindings, err) != 0 ||
	    db_exec(db, changes[s->change].accounts, PARAMS(P_U(o->reseller_id),
	    FROM_TO(o->binding_id), FROM_TO(o->account_id)), &s->accounts, err) != 0)
		return -1;
	if (bindings == 0 && s->accounts == 0)
		return 0;
	if (s->change == STATE_DEACTIVATE &&
	    db_exec(db, STMT_ACCOUNTS_CANCEL_ORDERS, PARAMS(P_T(s->problem),
	    P_U(o->reseller_id), FROM_TO(o->binding_id), FROM_TO(o->account_id),
	    P_U(id_of_time(s->orders_since))), NULL, err) != 0)
		return -1;
	return audit_put(db, &s->audit, err);
}
