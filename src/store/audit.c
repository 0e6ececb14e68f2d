/* SPDX-License-Identifier: BSD-2-Clause */
/* Audit rows. */
#include "store/audit.h"

int
audit_put(struct db *db, const struct audit *a, struct err *err)
{
	return db_exec(db, STMT_AUDIT_PUT, PARAMS(P_U(a->id), P_I(a->at),
	    P_T(view_sub(a->actor, 0, 96)), P_T(view_of(a->event)), P_U(a->object_id),
	    P_T(a->detail)), NULL, err);
}

int
audit_list(struct db *db, struct arena *a, const struct audit_query *q, size_t max,
    struct audit_row **rows, size_t *n, struct err *err)
{
	static const struct column columns[] = {
		COLUMN(audit_row, id, COL_U64, uint64_t),
		COLUMN(audit_row, at, COL_I64, int64_t),
		COLUMN(audit_row, actor, COL_VIEW, struct view),
		COLUMN(audit_row, event, COL_VIEW, struct view),
		COLUMN(audit_row, object_id, COL_U64, uint64_t),
		COLUMN(audit_row, detail, COL_VIEW, struct view),
	};

	return db_rows(db, STMT_AUDIT_LIST, PARAMS(P_U(id_of_time(q->from)), P_I(q->from),
	    P_I(q->to), P_T(q->actor), P_T(q->actor), P_T(q->event), P_T(q->event),
	    P_T(q->event), P_U(max)), columns, NITEMS(columns), sizeof(**rows), max, a, rows,
	    n, err);
}

/* A row, and the one that tells of it. */
struct insert {
	enum stmt		 stmt;
	const struct param	*params;
	size_t			 nparams;
	struct audit		 audit;
	int			 done;	/* 1, or 0 when it was there */
};

static int
insert(struct db *db, void *arg, struct err *err)
{
	struct insert *i = arg;

	i->done = db_insert(db, i->stmt, i->params, i->nparams, err);
	return i->done == 1 ? audit_put(db, &i->audit, err) : i->done;
}

int
audit_insert(struct store *st, enum stmt stmt, const struct param *params, size_t n,
    const char *event, uint64_t object_id, struct view detail, struct err *err)
{
	struct insert i = { .stmt = stmt, .params = params, .nparams = n };
	uint64_t id;

	if (writer_id(st->writer, &id, err) != 0)
		return -1;
	i.audit = (struct audit){ id, clk_now(st->clk), VIEW("operator"), event, object_id,
	    detail };
	return tx_run(st->db, insert, &i, NULL, err) != 0 ? -1 : i.done;
}
