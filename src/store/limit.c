/* SPDX-License-Identifier: BSD-2-Clause */
/* Rate limits: taking, counting, forgetting. */
#include "store/limit.h"

#include "store/audit.h"
#include "wire/utf8.h"

#define TAKE_PARAMS	14
#define DETAIL_MAX	255	/* bytes */

static const struct column columns[] = {
	COLUMN(limit_state, subject, COL_VIEW, struct view),
	COLUMN(limit_state, tat_ms, COL_I64, int64_t),
	COLUMN(limit_state, failed_ms, COL_I64, int64_t),
	COLUMN(limit_state, failures, COL_U64, uint64_t),
	COLUMN(limit_state, failing_since, COL_I64, int64_t),
	COLUMN(limit_state, failed_detail, COL_VIEW, struct view),
};

int
limit_take(struct db *db, struct arena *a, const struct limit_takes *takes, struct err *err)
{
	static const uint8_t no_set[32];
	struct param *p = arena_array(a, takes->n * TAKE_PARAMS + 1, sizeof(*p));
	const struct limit_take *t;
	struct view set;
	size_t i;

	for (i = 0; i < takes->n; i++) {
		t = &takes->v[i];
		set = view_from(t->set_account != 0 ? t->idents_sha256 : no_set, 32);
		memcpy(p + i * TAKE_PARAMS, ((const struct param[TAKE_PARAMS]){
		    P_U(t->owner), P_U(t->kind), P_T(t->subject), P_I(t->now_ms),
		    P_I(t->cost_ms), P_U(t->set_account), P_B(set), P_I(t->latest_ms),
		    P_I(t->failed_latest_ms), P_U(t->pause_at), P_I(t->far_ms),
		    P_I(t->now_ms), P_I(t->now_ms), P_I(t->failed_far_ms) }),
		    TAKE_PARAMS * sizeof(*p));
	}
	if (db_insert_rows(db, STMT_LIMIT_TAKE, p, TAKE_PARAMS, takes->n, err) == 0)
		return 0;
	return db_broke_constraint(db) ?
	    err_set(err, ERR_RATE_LIMITED, "A rate limit is reached") : -1;
}

int
limit_get(struct db *db, struct arena *a, uint64_t owner, enum limit kind,
    struct view subject, struct limit_state *out, struct err *err)
{
	memset(out, 0, sizeof(*out));
	return db_row(db, STMT_LIMIT_GET, PARAMS(P_U(owner), P_U(kind), P_T(subject)), columns,
	    NITEMS(columns), out, a, err) < 0 ? -1 : 0;
}

int
limit_failing(struct db *db, struct arena *a, uint64_t owner, struct limit_state **out,
    size_t *n, struct err *err)
{
	return db_rows(db, STMT_LIMIT_FAILING, PARAMS(P_U(owner), P_U(LIMIT_FAILING_MAX)),
	    columns, NITEMS(columns), sizeof(**out), LIMIT_FAILING_MAX, a, out, n, err);
}

struct unpausing {
	uint64_t		 owner;
	const struct view	*names;
	size_t			 n;
	uint64_t		 changed;
	const struct audit	*audit;		/* if anything changed; NULL: none */
};

static int
unpause(struct db *db, void *arg, struct err *err)
{
	struct unpausing *u = arg;
	uint64_t rows;
	size_t i;

	u->changed = 0;
	for (i = 0; i < u->n; i++) {
		if (db_exec(db, STMT_LIMIT_UNPAUSE, PARAMS(P_U(u->owner), P_T(u->names[i])),
		    &rows, err) != 0)
			return -1;
		u->changed += rows;
	}
	return u->audit != NULL && u->changed != 0 ? audit_put(db, u->audit, err) : 0;
}

int
limit_unpause(struct db *db, struct tx_once *once, uint64_t owner, const struct view *names,
    size_t n, uint64_t *changed, struct err *err)
{
	struct unpausing u = { owner, names, n, 0, NULL };
	int rc = tx_run(db, unpause, &u, once, err);

	*changed = u.changed;
	return rc;
}

int
limit_unpause_name(struct store *st, uint64_t account_id, struct view name, struct err *err)
{
	struct unpausing u = { account_id, &name, 1, 0, NULL };
	struct audit audit;
	uint64_t id;

	if (writer_id(st->writer, &id, err) != 0)
		return -1;
	audit = (struct audit){ id, clk_now(st->clk), VIEW("operator"), "limits.unpause",
	    account_id, name };
	u.audit = &audit;
	return tx_run(st->db, unpause, &u, NULL, err) != 0 ? -1 : u.changed != 0;
}

int
limit_had_set(struct db *db, uint64_t account_id, const uint8_t idents_sha256[32],
    struct err *err)
{
	static const struct column cols[] = { { "account_id", COL_U64, 0 } };
	struct arena *a = arena_new();
	uint64_t ignored;
	int rc;

	rc = db_row(db, STMT_ISSUED_SET_FIND, PARAMS(P_U(account_id),
	    P_B(view_from(idents_sha256, 32))), cols, 1, &ignored, a, err);
	arena_free(a);
	return rc;
}

int
limits_forget(struct db *db, int64_t now_ms, struct err *err)
{
	return db_exec(db, STMT_LIMITS_FORGET, PARAMS(P_I(now_ms), P_I(now_ms)), NULL, err);
}

static struct view
shorten(struct view text)
{
	struct view v = view_sub(text, 0, DETAIL_MAX);

	while (v.n != 0 && !utf8_valid(v))
		v.n--;
	return v;
}

static int
note_failure(struct db *db, const struct limit_outcome *o, struct err *err)
{
	int64_t now_ms = o->at * 1000;

	return db_exec(db, STMT_LIMIT_FAILED, PARAMS(P_U(o->owner), P_T(o->name),
	    P_I(now_ms + o->failed_step_ms), P_I(o->at), P_T(shorten(o->detail)),
	    P_I(now_ms), P_I(o->failed_step_ms), P_I(o->failed_latest_ms)), NULL, err);
}

int
limit_note(struct db *db, const struct limit_outcome *o, bool ok, struct err *err)
{
	if (o->pending_step_ms != 0 && db_exec(db, STMT_LIMIT_GIVE_BACK, PARAMS(
	    P_I(o->pending_step_ms), P_U(o->owner)), NULL, err) != 0)
		return -1;
	if (!ok)
		return note_failure(db, o, err);
	return db_exec(db, STMT_LIMIT_SUCCEEDED, PARAMS(P_U(o->owner), P_T(o->name)), NULL, err);
}
