/* SPDX-License-Identifier: BSD-2-Clause */
/* Renewal windows, read one by one and pulled forward by the thousand. */
#include "store/renewal.h"

#include "store/audit.h"

#define STEP	10000	/* certificates */

int
renewal_get(struct db *db, struct arena *a, struct view serial, struct renewal *out,
    struct err *err)
{
	static const struct column cols[] = {
		COLUMN(renewal, id, COL_U64, uint64_t),
		COLUMN(renewal, account_id, COL_U64, uint64_t),
		COLUMN(renewal, not_before_at, COL_I64, int64_t),
		COLUMN(renewal, not_after_at, COL_I64, int64_t),
		COLUMN(renewal, ski, COL_VIEW, struct view),
		COLUMN(renewal, revoked_at, COL_I64, int64_t),
		COLUMN(renewal, pulled_from, COL_I64, int64_t),
		COLUMN(renewal, pulled_to, COL_I64, int64_t),
		COLUMN(renewal, explanation_url, COL_VIEW, struct view),
	};

	return db_row(db, STMT_RENEWAL_GET, PARAMS(P_B(serial)), cols, NITEMS(cols), out, a, err);
}

/* One step; the audit row tells of it. */
struct step {
	const struct renewal_pull	*pull;
	struct view			 itself, below;	/* patterns of names */
	uint64_t			 after, upto;
	struct arena			*arena;
	uint64_t			 rows;
	struct audit			 audit;
};

static int
put(struct db *db, void *arg, struct err *err)
{
	static const struct column cols[] = { { "n", COL_U64, 0 } };
	struct step *s = arg;
	const struct renewal_pull *p = s->pull;

	if (audit_put(db, &s->audit, err) != 0)
		return -1;
	if (db_exec(db, STMT_RENEWAL_PUT, PARAMS(P_I(p->start), P_I(p->end),
	    P_T_OR_NULL(p->explanation_url), P_I(s->audit.at), P_U(s->after), P_U(s->upto),
	    P_U(p->issuer_id), P_U(p->issuer_id), P_B(s->itself), P_B(s->below),
	    P_T(p->name), P_T(p->profile), P_T(p->profile), P_I(s->audit.at)), NULL, err) != 0)
		return -1;
	return db_row(db, STMT_RENEWAL_COUNT, PARAMS(P_U(s->after), P_U(s->upto),
	    P_I(s->audit.at), P_I(p->start), P_I(p->end)), cols, NITEMS(cols), &s->rows, s->arena, err) == 1 ? 0 : -1;
}

struct stretch { uint64_t id, n; };

int
renewal_pull(struct store *st, struct arena *a, const struct renewal_pull *p, uint64_t *seen,
    uint64_t *pulled, struct err *err)
{
	static const struct column cols[] = {
		COLUMN(stretch, id, COL_U64, uint64_t), COLUMN(stretch, n, COL_U64, uint64_t),
	};
	uint64_t last = id_of_time(p->issued_to + 1);
	struct step s = { .pull = p, .after = id_of_time(p->issued_from), .arena = a };
	struct stretch next;
	uint64_t id;

	/* Lines of an order's list of names. */
	s.itself = view_of(arena_printf(a, "%%\ndns:%.*s\n%%", VIEW_ARG(p->name)));
	s.below = view_of(arena_printf(a, "%%.%.*s\n%%", VIEW_ARG(p->name)));
	*seen = *pulled = 0;
	for (;;) {
		if (db_row(st->db, STMT_RENEWAL_STEP, PARAMS(P_U(s.after), P_U(last),
		    P_U(STEP)), cols, NITEMS(cols), &next, a, err) < 0 ||
		    writer_ids(st->writer, &id, 1, err) != 0)
			return -1;
		if (next.n == 0)
			return 0;
		s.upto = next.id;
		s.audit = (struct audit){ id, clk_now(st->clk), VIEW("operator"),
		    "renewal.pull", next.id, p->explanation_url };
		if (tx_run(st->db, put, &s, NULL, err) != 0)
			return -1;
		*seen += next.n;
		*pulled += s.rows;
		s.after = next.id;
	}
}
