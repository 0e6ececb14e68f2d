/* SPDX-License-Identifier: BSD-2-Clause */
/* Rows of lists. */
#include "store/report.h"

/* Members of a struct within a row have columns by their own names. */
#define CREDENTIAL(T)							\
	{ "key_id", COL_VIEW, offsetof(struct T, credential.key_id) },	\
	{ "mac_key", COL_VIEW, offsetof(struct T, credential.mac_key) },	\
	{ "mac_key_version", COL_ENUM, offsetof(struct T, credential.mac_key_version) }

static const struct column account_columns[] = {
	COLUMN(listed_account, id, COL_U64, uint64_t),
	COLUMN(listed_account, acme_account_id, COL_VIEW, struct view),
	COLUMN(listed_account, status, COL_ENUM, enum account_status),
	COLUMN(listed_account, user_agent, COL_VIEW, struct view),
	COLUMN(listed_account, ip_address, COL_VIEW, struct view),
	COLUMN(listed_account, activity_at, COL_I64, int64_t),
	COLUMN(listed_account, eab_activity_at, COL_I64, int64_t),
	CREDENTIAL(listed_account),
};

static const struct column binding_columns[] = {
	COLUMN(listed_binding, id, COL_U64, uint64_t),
	CREDENTIAL(listed_binding),
	COLUMN(listed_binding, is_reusable, COL_BOOL, bool),
	COLUMN(listed_binding, activity_at, COL_I64, int64_t),
};

static const struct column name_columns[] = {
	COLUMN(listed_name, id, COL_U64, uint64_t),
	COLUMN(listed_name, name, COL_VIEW, struct view),
	COLUMN(listed_name, is_wildcard, COL_BOOL, bool),
	COLUMN(listed_name, anchor, COL_VIEW, struct view),
};

static const struct column last_order_columns[] = {
	COLUMN(last_order, name_id, COL_U64, uint64_t),
	COLUMN(last_order, name, COL_VIEW, struct view),
	COLUMN(last_order, is_wildcard, COL_BOOL, bool),
	COLUMN(last_order, order_id, COL_U64, uint64_t),
	COLUMN(last_order, number, COL_U64, uint64_t),
	COLUMN(last_order, status, COL_ENUM, enum order_status),
	COLUMN(last_order, expires_at, COL_I64, int64_t),
	COLUMN(last_order, error_type, COL_VIEW, struct view),
	COLUMN(last_order, acme_account_id, COL_VIEW, struct view),
	COLUMN(last_order, cert_number, COL_U64, uint64_t),
	COLUMN(last_order, serial, COL_VIEW, struct view),
	COLUMN(last_order, not_before_at, COL_I64, int64_t),
	COLUMN(last_order, not_after_at, COL_I64, int64_t),
	COLUMN(last_order, is_revoked, COL_BOOL, bool),
	COLUMN(last_order, is_collected, COL_BOOL, bool),
	COLUMN(last_order, is_burned, COL_BOOL, bool),
};

static const struct column transaction_columns[] = {
	COLUMN(listed_transaction, id, COL_U64, uint64_t),
	COLUMN(listed_transaction, number, COL_U64, uint64_t),
	COLUMN(listed_transaction, type, COL_ENUM, enum transaction_type),
	COLUMN(listed_transaction, cents, COL_I64, int64_t),
	COLUMN(listed_transaction, days, COL_I64, int64_t),
	COLUMN(listed_transaction, created_at, COL_I64, int64_t),
	COLUMN(listed_transaction, removed_at, COL_I64, int64_t),
	COLUMN(listed_transaction, name, COL_VIEW, struct view),
	COLUMN(listed_transaction, is_wildcard, COL_BOOL, bool),
};

static const struct column touched_columns[] = {
	COLUMN(touched_name, name, COL_VIEW, struct view),
	COLUMN(touched_name, is_wildcard, COL_BOOL, bool),
};

int
report_accounts(struct db *db, struct arena *a, uint64_t reseller_id,
    const struct part *p, struct listed_account **rows, size_t *n, struct err *err)
{
	return db_rows(db, STMT_ACCOUNTS_OF_RESELLER, PARAMS(P_U(reseller_id),
	    P_U(p->from), P_U(p->limit), P_U(p->offset)), account_columns,
	    NITEMS(account_columns), sizeof(**rows), p->limit, a, rows, n, err);
}

int
report_accounts_of(struct db *db, struct arena *a, uint64_t binding_id,
    uint64_t account_id, const struct part *p, struct listed_account **rows, size_t *n,
    struct err *err)
{
	uint64_t from = p->from > account_id ? p->from : account_id;
	uint64_t to = account_id != 0 ? account_id : UINT64_MAX;

	return db_rows(db, STMT_ACCOUNTS_OF_BINDING, PARAMS(P_U(binding_id), P_U(from),
	    P_U(to), P_U(p->limit), P_U(p->offset)), account_columns,
	    NITEMS(account_columns), sizeof(**rows), p->limit, a, rows, n, err);
}

int
report_bindings(struct db *db, struct arena *a, uint64_t reseller_id,
    const struct part *p, struct listed_binding **rows, size_t *n, struct err *err)
{
	return db_rows(db, STMT_BINDINGS_OF_RESELLER, PARAMS(P_U(reseller_id),
	    P_U(p->from), P_U(p->limit)), binding_columns, NITEMS(binding_columns),
	    sizeof(**rows), p->limit, a, rows, n, err);
}

int
report_names(struct db *db, struct arena *a, uint64_t subscription_id,
    const struct part *p, struct listed_name **rows, size_t *n, struct err *err)
{
	return db_rows(db, STMT_NAMES_OF_SUBSCRIPTION, PARAMS(P_U(subscription_id),
	    P_U(p->from), P_U(p->limit), P_U(p->offset)), name_columns,
	    NITEMS(name_columns), sizeof(**rows), p->limit, a, rows, n, err);
}

int
report_last_orders(struct db *db, struct arena *a, const struct subscription *s,
    uint64_t account_id, struct view text, const struct part *p, struct last_order **rows,
    size_t *n, struct err *err)
{
	uint64_t to = account_id != 0 ? account_id : UINT64_MAX;

	return db_rows(db, STMT_LAST_ORDERS, PARAMS(P_U(s->id), P_U(p->from), P_T(text),
	    P_U(p->limit), P_U(s->binding_id), P_U(account_id), P_U(to)), last_order_columns,
	    NITEMS(last_order_columns), sizeof(**rows), LAST_ORDERS_MAX, a, rows, n, err);
}

/* What was before the time that is asked for need not be read to be left out. */
static uint64_t
first_id(const struct transaction_query *q)
{
	return id_later_than(id_of_time(q->from_at));
}

int
report_transactions(struct db *db, struct arena *a, uint64_t subscription_id,
    const struct transaction_query *q, const struct part *p,
    struct listed_transaction **rows, size_t *n, struct err *err)
{
	size_t max = p->limit * TRANSACTION_NAMES_MAX;
	uint64_t from = first_id(q);

	if (from < p->from)
		from = p->from;
	if (q->by_name)
		return db_rows(db, STMT_TRANSACTIONS_OF_NAME, PARAMS(P_T(q->name),
		    P_U(q->is_wildcard), P_U(subscription_id), P_U(from), P_I(q->from_at),
		    P_I(q->to_at), P_U(p->limit)), transaction_columns,
		    NITEMS(transaction_columns), sizeof(**rows), max, a, rows, n, err);
	return db_rows(db, STMT_TRANSACTIONS_OF_SUBSCRIPTION, PARAMS(P_U(subscription_id),
	    P_U(from), P_I(q->from_at), P_I(q->to_at), P_U(p->limit)),
	    transaction_columns, NITEMS(transaction_columns), sizeof(**rows), max, a, rows,
	    n, err);
}

int
report_skip_transactions(struct db *db, struct arena *a, uint64_t subscription_id,
    const struct transaction_query *q, uint64_t *skip, uint64_t *id, struct err *err)
{
	static const struct column id_column = { "id", COL_U64, 0 };
	static const struct column n_column = { "n", COL_U64, 0 };
	uint64_t from = first_id(q), n;
	int rc;

	rc = db_row(db, STMT_TRANSACTION_AT, PARAMS(P_U(subscription_id), P_U(from),
	    P_I(q->from_at), P_I(q->to_at), P_U(*skip)), &id_column, 1, id, a, err);
	if (rc != 0) {
		*skip = 0;
		return rc;
	}
	rc = db_row(db, STMT_TRANSACTION_COUNT, PARAMS(P_U(subscription_id), P_U(from),
	    P_I(q->from_at), P_I(q->to_at)), &n_column, 1, &n, a, err);
	if (rc == 1)
		*skip -= n < *skip ? n : *skip;
	return rc < 0 ? -1 : 0;
}

int
report_touched(struct db *db, struct arena *a, uint64_t transaction_id,
    const struct touched_name *behind, size_t max, struct touched_name **rows, size_t *n,
    struct err *err)
{
	return db_rows(db, STMT_NAMES_OF_TRANSACTION, PARAMS(P_U(transaction_id),
	    P_T(behind->name), P_T(behind->name), P_U(behind->is_wildcard), P_U(max)),
	    touched_columns, NITEMS(touched_columns), sizeof(**rows), max, a, rows, n, err);
}
