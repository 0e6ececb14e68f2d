/* SPDX-License-Identifier: BSD-2-Clause */
/* Orders as the responder reads and moves them. */
#include "store/order.h"

#define USER_AGENT_MAX	255
#define NAME_PARAMS	5

static const struct column order_columns[] = {
	COLUMN(order, id, COL_U64, uint64_t),
	COLUMN(order, number, COL_U64, uint64_t),
	COLUMN(order, account_id, COL_U64, uint64_t),
	COLUMN(order, status, COL_ENUM, enum order_status),
	COLUMN(order, authz_left, COL_ENUM, unsigned),
	COLUMN(order, expires_at, COL_I64, int64_t),
	COLUMN(order, profile, COL_VIEW, struct view),
	COLUMN(order, idents, COL_VIEW, struct view),
	COLUMN(order, authzs, COL_VIEW, struct view),
	COLUMN(order, reused, COL_ENUM, unsigned),
	COLUMN(order, replaces, COL_VIEW, struct view),
	COLUMN(order, not_before_at, COL_I64, int64_t),
	COLUMN(order, not_after_at, COL_I64, int64_t),
	COLUMN(order, error, COL_VIEW, struct view),
	COLUMN(order, cert_id, COL_U64, uint64_t),
	COLUMN(order, created_at, COL_I64, int64_t),
};

int
order_get(struct db *db, struct arena *a, uint64_t id, uint64_t account_id,
    struct order *out, struct err *err)
{
	return db_row(db, STMT_ORDER_GET, PARAMS(P_U(id), P_U(account_id)),
	    order_columns, NITEMS(order_columns), out, a, err);
}

int
order_list(struct db *db, struct arena *a, uint64_t account_id, uint64_t before,
    int64_t now, size_t max, uint64_t **ids, size_t *n, struct err *err)
{
	static const struct column cols[] = { { "id", COL_U64, 0 } };

	return db_rows(db, STMT_ORDER_LIST, PARAMS(P_U(account_id), P_U(before),
	    P_I(now), P_U(max)), cols, NITEMS(cols), sizeof(**ids), max, a, ids, n, err);
}

struct create {
	struct arena		*arena;
	uint64_t		 binding_id;
	const struct order	*order;
	const struct ident	*names;
	size_t			 nnames;
	const struct authz	*authzs;
	size_t			 n;
	const struct client	*client;
	const struct limit_takes	*takes;
};

/* A certificate is replaced once, unless the order that would have done it failed (ARI-13). */
static int
claim(struct db *db, const struct order *o, struct err *err)
{
	uint64_t rows;
	int rc;

	rc = db_insert(db, STMT_REPLACEMENT_PUT, PARAMS(P_U(o->replaced), P_U(o->id),
	    P_I(o->created_at)), err);
	if (rc != 0)
		return rc < 0 ? -1 : 0;
	if (db_exec(db, STMT_REPLACEMENT_MOVE, PARAMS(P_U(o->id), P_U(o->replaced),
	    P_I(o->created_at)), &rows, err) != 0)
		return -1;
	return rows == 1 ? 0 : err_set(err, ERR_ALREADY_REPLACED,
	    "The certificate that the order replaces has been replaced already");
}

/* Sorted as the order's identifiers are, and behind the account's lock: no deadlock. */
static int
put_names(struct db *db, const struct create *c, struct err *err)
{
	struct param *p = arena_array(c->arena, c->nnames * NAME_PARAMS, sizeof(*p));
	size_t i;

	for (i = 0; i < c->nnames; i++)
		memcpy(p + i * NAME_PARAMS, ((const struct param[NAME_PARAMS]){
		    P_U(c->binding_id), P_T(c->names[i].value), P_U(c->names[i].wildcard),
		    P_U(c->order->account_id), P_U(c->order->id) }),
		    NAME_PARAMS * sizeof(*p));
	return db_insert_rows(db, STMT_NAME_ORDER_PUT, p, NAME_PARAMS, c->nnames, err);
}

static int
create(struct db *db, void *arg, struct err *err)
{
	const struct create *c = arg;
	const struct order *o = c->order;

	if (limit_take(db, c->arena, c->takes, err) != 0)
		return -1;
	if (db_exec(db, STMT_ORDER_PUT, PARAMS(P_U(o->id), P_U(o->number),
	    P_U(o->account_id), P_U(o->status), P_U(o->authz_left),
	    P_I(o->expires_at), P_T(o->profile), P_B(o->idents), P_B(o->authzs),
	    P_U(o->reused), P_T_OR_NULL(o->replaces), P_I_OR_NULL(o->not_before_at),
	    P_I_OR_NULL(o->not_after_at), P_I(o->created_at)), NULL, err) != 0 ||
	    (o->replaced != 0 && claim(db, o, err) != 0))
		return -1;
	if (authz_put(db, c->arena, c->authzs, c->n, o->created_at, err) != 0)
		return -1;
	if (db_exec(db, STMT_ACCOUNT_TOUCH, PARAMS(
	    P_T_OR_NULL(view_sub(c->client->user_agent, 0, USER_AGENT_MAX)),
	    P_T_OR_NULL(c->client->ip_address), P_I(o->created_at),
	    P_U(o->account_id)), NULL, err) != 0)
		return -1;
	return put_names(db, c, err);
}

int
order_create(struct store *st, struct tx_once *once, struct arena *a,
    uint64_t binding_id, struct order *o, const struct ident *names, size_t nnames,
    struct authz *authzs, size_t n, const struct client *client,
    const struct limit_takes *takes, struct err *err)
{
	struct create c = { a, binding_id, o, names, nnames, authzs, n, client, takes };
	uint64_t *ids = arena_array(a, n + 1, sizeof(*ids));
	size_t i;

	if (writer_ids(st->writer, ids, n + 1, err) != 0 ||
	    writer_small(st->writer, NUMBER_ORDER, &o->number, err) != 0)
		return -1;
	o->id = ids[0];
	/* One that has an id is an earlier order's. */
	for (i = 0; i < n; i++)
		if (authzs[i].id == 0) {
			authzs[i].id = ids[i + 1];
			authzs[i].order_id = o->id;
		} else {
			ids[i + 1] = authzs[i].id;
			o->reused++;
		}
	o->authz_left = (unsigned)n - o->reused;
	o->status = o->authz_left == 0 ? ORDER_READY : ORDER_PENDING;
	o->authzs = order_pack_authzs(a, ids + 1, n);
	return tx_run(st->db, create, &c, once, err);
}

/* A finalize with what its certificate waits for. */
struct finalization {
	const struct order	*order;
	struct view		 request;
	const struct job_new	*jobs;		/* the signer's last */
	size_t			 n;
	int64_t			 now;
};

static int
finalize(struct db *db, void *arg, struct err *err)
{
	const struct finalization *f = arg;
	uint64_t rows;
	size_t i;

	if (db_exec(db, STMT_ORDER_FINALIZE, PARAMS(P_B(f->request), P_U(f->order->id),
	    P_U(f->order->account_id), P_I(f->now)), &rows, err) != 0)
		return -1;
	if (rows == 0)
		return err_set(err, ERR_ORDER_NOT_READY,
		    "The order is not ready to be finalized");
	for (i = 0; i < f->n; i++)
		if (job_put(db, &f->jobs[i], err) != 0)
			return -1;
	return 0;
}

int
order_finalize(struct store *st, struct tx_once *once, struct arena *a,
    const struct order *o, struct view finalize_jws, const struct caa_due *stale, size_t nstale,
    const struct job_route *route, uint64_t **jobs, struct err *err)
{
	uint64_t *ids = arena_array(a, nstale + 1, sizeof(*ids));
	struct job_new *rows = arena_array(a, nstale + 1, sizeof(*rows));
	struct finalization f = { o, finalize_jws, rows, nstale + 1, clk_now(st->clk) };
	size_t i;

	if (writer_ids(st->writer, ids, nstale + 1, err) != 0)
		return -1;
	for (i = 0; i < nstale; i++)
		rows[i] = (struct job_new){ ids[i], QUEUE_CAA, stale[i].authz_id, f.now, 0,
		    route->host, ids[nstale], 0, stale[i].name };
	rows[nstale] = (struct job_new){ ids[nstale], QUEUE_SIGN, o->id, f.now, route->ring,
	    route->host, 0, (unsigned)nstale, VIEW("") };
	*jobs = ids;
	return tx_run(st->db, finalize, &f, once, err);
}

struct fail {
	uint64_t		id;
	enum order_status	from;
	struct view		problem;
	uint64_t		rows;
};

static int
fail(struct db *db, void *arg, struct err *err)
{
	struct fail *f = arg;

	return db_exec(db, STMT_ORDER_FAIL, PARAMS(P_T(f->problem), P_U(f->id),
	    P_U(f->from)), &f->rows, err);
}

int
order_fail(struct store *st, struct tx_once *once, uint64_t id,
    enum order_status from, struct view problem, struct err *err)
{
	struct fail f = { id, from, problem, 0 };

	if (tx_run(st->db, fail, &f, once, err) != 0)
		return -1;
	return f.rows != 0;
}
