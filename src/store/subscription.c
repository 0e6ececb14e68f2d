/* SPDX-License-Identifier: BSD-2-Clause */
/* Subscriptions, their names, and transactions. */
#include "store/subscription.h"

static const struct column columns[] = {
	COLUMN(subscription, id, COL_U64, uint64_t),
	COLUMN(subscription, binding_id, COL_U64, uint64_t),
	COLUMN(subscription, start_at, COL_I64, int64_t),
	COLUMN(subscription, end_at, COL_I64, int64_t),
	COLUMN(subscription, term_years, COL_ENUM, unsigned),
};

static const struct column name_columns[] = {
	COLUMN(sub_name, id, COL_U64, uint64_t),
	COLUMN(sub_name, name, COL_VIEW, struct view),
	COLUMN(sub_name, is_wildcard, COL_BOOL, bool),
	COLUMN(sub_name, is_paid, COL_BOOL, bool),
	COLUMN(sub_name, carrier_id, COL_U64, uint64_t),
};

int
subscription_newest(struct db *db, struct arena *a, uint64_t binding_id,
    struct subscription *s, struct err *err)
{
	return db_row(db, STMT_SUBSCRIPTION_NEWEST, PARAMS(P_U(binding_id)), columns,
	    NITEMS(columns), s, a, err);
}

int
subscription_list(struct db *db, struct arena *a, uint64_t binding_id,
    struct subscription **out, size_t *n, struct err *err)
{
	return db_rows(db, STMT_SUBSCRIPTIONS_OF_BINDING, PARAMS(P_U(binding_id)), columns,
	    NITEMS(columns), sizeof(**out), SUBSCRIPTIONS_MAX, a, out, n, err);
}

int
subscription_put(struct db *db, const struct subscription *s, int64_t now,
    struct err *err)
{
	return db_exec(db, STMT_SUBSCRIPTION_PUT, PARAMS(P_U(s->id),
	    P_U(s->binding_id), P_I(s->start_at), P_I(s->end_at),
	    P_U(s->term_years), P_I(now)), NULL, err);
}

int
subscription_extend(struct db *db, const struct subscription *s, int64_t new_end_at,
    unsigned years, struct err *err)
{
	uint64_t rows;

	if (db_exec(db, STMT_SUBSCRIPTION_EXTEND, PARAMS(P_I(new_end_at), P_U(years),
	    P_U(s->id), P_I(s->end_at)), &rows, err) != 0)
		return -1;
	return rows != 0;
}

int
sub_names_billed(struct db *db, struct arena *a, uint64_t subscription_id,
    struct billed *out, struct err *err)
{
	static const struct column cols[] = {
		COLUMN(billed, fqdns, COL_I64, int64_t),
		COLUMN(billed, wildcards, COL_I64, int64_t),
	};

	return db_row(db, STMT_SUB_NAMES_BILLED, PARAMS(P_U(subscription_id)), cols,
	    NITEMS(cols), out, a, err);
}

int
sub_name_get(struct db *db, struct arena *a, uint64_t subscription_id,
    struct view name, bool wildcard, struct sub_name *out, struct err *err)
{
	return db_row(db, STMT_SUB_NAME_GET, PARAMS(P_U(subscription_id), P_T(name),
	    P_U(wildcard)), name_columns, NITEMS(name_columns), out, a, err);
}

int
sub_name_carries(struct db *db, uint64_t id, struct err *err)
{
	static const struct column cols[] = { { "n", COL_U64, 0 } };
	struct arena *a = arena_new();
	uint64_t n = 0;
	int rc;

	rc = db_row(db, STMT_SUB_NAME_CARRIED, PARAMS(P_U(id)), cols, 1, &n, a, err);
	arena_free(a);
	return rc < 0 ? -1 : n != 0;
}

int
sub_name_carried_by(struct db *db, struct arena *a, uint64_t id, struct sub_name *out,
    struct err *err)
{
	return db_row(db, STMT_SUB_NAME_CARRIED_BY, PARAMS(P_U(id)), name_columns,
	    NITEMS(name_columns), out, a, err);
}

int
sub_name_bought(struct db *db, struct arena *a, uint64_t id, struct purchase *out,
    struct err *err)
{
	static const struct column cols[] = {
		COLUMN(purchase, added_at, COL_I64, int64_t),
		COLUMN(purchase, cents, COL_I64, int64_t),
		COLUMN(purchase, days, COL_I64, int64_t),
	};

	return db_row(db, STMT_SUB_NAME_BOUGHT, PARAMS(P_U(id)), cols, NITEMS(cols), out,
	    a, err);
}

int
anchors_move(struct db *db, uint64_t subscription_id, struct view from, struct view to,
    uint64_t *n, struct err *err)
{
	return db_exec(db, STMT_ANCHORS_MOVE, PARAMS(P_T(to), P_U(subscription_id),
	    P_T(from)), n, err);
}

int
sub_name_remove(struct db *db, uint64_t id, int64_t now, struct err *err)
{
	uint64_t rows;

	if (db_exec(db, STMT_SUB_NAME_REMOVE, PARAMS(P_I(now), P_U(id)), &rows, err) != 0)
		return -1;
	return rows != 0;
}

int
sub_name_put(struct db *db, uint64_t subscription_id, const struct sub_name *n,
    uint64_t transaction_id, int64_t now, struct err *err)
{
	struct param carrier = P_U(n->carrier_id);

	if (n->carrier_id == 0)
		carrier = (struct param)P_NULL;
	return db_insert(db, STMT_SUB_NAME_PUT, PARAMS(P_U(n->id),
	    P_U(subscription_id), P_T(n->name), P_U(n->is_wildcard), P_U(n->is_paid),
	    carrier, P_U(transaction_id), P_I(now)), err);
}

int
transaction_put(struct db *db, const struct transaction *t, int64_t now,
    struct err *err)
{
	return db_exec(db, STMT_TRANSACTION_PUT, PARAMS(P_U(t->id), P_U(t->number),
	    P_U(t->reseller_id), P_U(t->subscription_id), P_U(t->type),
	    P_I(t->cents), P_I(t->days), P_I(now)), NULL, err);
}

int
transaction_name_put(struct db *db, uint64_t transaction_id,
    const struct sub_name *n, int64_t cents, struct err *err)
{
	return db_exec(db, STMT_TRANSACTION_NAME_PUT, PARAMS(P_U(transaction_id),
	    P_T(n->name), P_U(n->is_wildcard), P_I(cents)), NULL, err);
}

int
transaction_names_extend(struct db *db, uint64_t transaction_id,
    uint64_t subscription_id, int64_t fqdn_cents, int64_t wildcard_cents,
    struct err *err)
{
	return db_exec(db, STMT_TRANSACTION_NAMES_EXTEND, PARAMS(P_U(transaction_id),
	    P_I(wildcard_cents), P_I(fqdn_cents), P_U(subscription_id)), NULL, err);
}

int
subscription_entitles(struct db *db, uint64_t binding_id, int64_t now,
    const struct ident *id, bool covers, struct err *err)
{
	static const struct column cols[] = { { "id", COL_U64, 0 } };
	struct view above = id->value;
	struct arena *a;
	uint64_t found;
	int rc;

	/*
	 * The wildcard above a.b.c stands as b.c; nothing stands above a wildcard or an
	 * address.  No name is spelt like an address: its last label would be a number.
	 */
	(void)view_cut(&above, '.');
	if (!covers || id->wildcard || id->type != IDENT_DNS)
		above = VIEW("");
	a = arena_new();
	rc = db_row(db, STMT_SUB_NAME_ENTITLES, PARAMS(P_U(binding_id), P_I(now),
	    P_T(id->value), P_U(id->wildcard), P_T(above)), cols, 1, &found, a, err);
	arena_free(a);
	return rc;
}

int
subscription_entitles_below(struct db *db, uint64_t binding_id, int64_t now,
    struct view domain, bool covers, struct err *err)
{
	const struct ident itself = { IDENT_DNS, false, domain };
	const struct ident wildcard = { IDENT_DNS, true, domain };
	int rc;

	rc = subscription_entitles(db, binding_id, now, &itself, covers, err);
	return rc != 0 ? rc :
	    subscription_entitles(db, binding_id, now, &wildcard, covers, err);
}
