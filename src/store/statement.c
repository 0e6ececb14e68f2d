/* SPDX-License-Identifier: BSD-2-Clause */
/* Money movements of a time. */
#include "store/statement.h"

int
statement_sums(struct db *db, struct arena *a, uint64_t reseller_id,
    const struct statement_time *t, struct statement_sums *out, struct err *err)
{
	static const struct column columns[] = {
		COLUMN(statement_sums, balance_cents, COL_I64, int64_t),
		COLUMN(statement_sums, since_from_cents, COL_I64, int64_t),
		COLUMN(statement_sums, since_to_cents, COL_I64, int64_t),
	};
	int rc;

	rc = db_row(db, STMT_STATEMENT_SUMS, PARAMS(P_I(t->from), P_I(t->to),
	    P_U(reseller_id)), columns, NITEMS(columns), out, a, err);
	if (rc == 0)
		return err_internal(err, "reseller vanished");
	return rc < 0 ? -1 : 0;
}

int
statement_rows(struct db *db, struct arena *a, uint64_t reseller_id,
    const struct statement_time *t, const struct statement_row *behind, size_t max,
    struct statement_row **rows, size_t *n, struct err *err)
{
	static const struct column columns[] = {
		COLUMN(statement_row, id, COL_U64, uint64_t),
		COLUMN(statement_row, created_at, COL_I64, int64_t),
		COLUMN(statement_row, cents, COL_I64, int64_t),
		COLUMN(statement_row, cause, COL_ENUM, enum ledger_cause),
		COLUMN(statement_row, reason, COL_VIEW, struct view),
		COLUMN(statement_row, type, COL_ENUM, enum transaction_type),
		COLUMN(statement_row, number, COL_U64, uint64_t),
		COLUMN(statement_row, days, COL_I64, int64_t),
		COLUMN(statement_row, key_id, COL_VIEW, struct view),
		COLUMN(statement_row, name, COL_VIEW, struct view),
		COLUMN(statement_row, is_wildcard, COL_BOOL, bool),
	};

	return db_rows(db, STMT_STATEMENT_ROWS, PARAMS(P_U(reseller_id),
	    P_I(behind->created_at), P_I(t->to), P_I(behind->created_at), P_U(behind->id),
	    P_U(max)), columns, NITEMS(columns), sizeof(**rows), max, a, rows, n, err);
}
