/* SPDX-License-Identifier: BSD-2-Clause */
/* The history of authorizations. */
#include "store/trace.h"

#include "store/writer.h"

int
authz_trace_get(struct db *db, struct arena *a, uint64_t id, struct authz_trace *out,
    struct err *err)
{
	static const struct column cols[] = {
		COLUMN(authz_trace, id, COL_U64, uint64_t),
		COLUMN(authz_trace, order_id, COL_U64, uint64_t),
		COLUMN(authz_trace, ident_type, COL_ENUM, enum ident_type),
		COLUMN(authz_trace, ident_value, COL_VIEW, struct view),
		COLUMN(authz_trace, is_wildcard, COL_BOOL, bool),
		COLUMN(authz_trace, covers_subdomains, COL_BOOL, bool),
		COLUMN(authz_trace, status, COL_ENUM, enum authz_status),
		COLUMN(authz_trace, offered, COL_ENUM, unsigned),
		COLUMN(authz_trace, active_type, COL_ENUM, enum chall_type),
		COLUMN(authz_trace, validated_at, COL_I64, int64_t),
		COLUMN(authz_trace, expires_at, COL_I64, int64_t),
		COLUMN(authz_trace, deactivated_at, COL_I64, int64_t),
		COLUMN(authz_trace, error, COL_VIEW, struct view),
		COLUMN(authz_trace, created_at, COL_I64, int64_t),
		COLUMN(authz_trace, acme_account_id, COL_VIEW, struct view),
		COLUMN(authz_trace, server, COL_VIEW, struct view),
		COLUMN(authz_trace, login_name, COL_VIEW, struct view),
	};

	return db_row(db, STMT_AUTHZ_TRACE, PARAMS(P_U(id)), cols, NITEMS(cols), out, a, err);
}

static int
steps(struct db *db, struct arena *a, enum stmt stmt, uint64_t id, struct trace_step **rows,
    size_t *n, struct err *err)
{
	static const struct column cols[] = {
		COLUMN(trace_step, method, COL_VIEW, struct view),
		COLUMN(trace_step, is_yes, COL_BOOL, bool),
		COLUMN(trace_step, checked_at, COL_I64, int64_t),
		COLUMN(trace_step, record, COL_VIEW, struct view),
		COLUMN(trace_step, total, COL_U64, uint64_t),
	};
	uint64_t lowest = id_later_than(id);

	return db_rows(db, stmt, PARAMS(P_U(id), P_U(lowest), P_U(id), P_U(lowest),
	    P_U(TRACE_STEPS_MAX)), cols, NITEMS(cols), sizeof(**rows), TRACE_STEPS_MAX, a,
	    rows, n, err);
}

int
authz_trace_verdicts(struct db *db, struct arena *a, uint64_t id, struct trace_step **rows,
    size_t *n, struct err *err)
{
	return steps(db, a, STMT_VERDICT_TRACE, id, rows, n, err);
}

int
authz_trace_caa(struct db *db, struct arena *a, uint64_t id, struct trace_step **rows,
    size_t *n, struct err *err)
{
	return steps(db, a, STMT_CAA_TRACE, id, rows, n, err);
}
