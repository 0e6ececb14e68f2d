/* SPDX-License-Identifier: BSD-2-Clause */
/* Orders and authorizations as the responder reads and moves them. */
#include "store/order.h"

#define USER_AGENT_MAX	255

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
	COLUMN(order, error, COL_VIEW, struct view),
	COLUMN(order, cert_id, COL_U64, uint64_t),
	COLUMN(order, created_at, COL_I64, int64_t),
};

static const struct column authz_columns[] = {
	COLUMN(authz, id, COL_U64, uint64_t),
	COLUMN(authz, order_id, COL_U64, uint64_t),
	COLUMN(authz, account_id, COL_U64, uint64_t),
	COLUMN(authz, ident_type, COL_ENUM, enum ident_type),
	COLUMN(authz, ident_value, COL_VIEW, struct view),
	COLUMN(authz, is_wildcard, COL_BOOL, bool),
	COLUMN(authz, status, COL_ENUM, enum authz_status),
	COLUMN(authz, token, COL_VIEW, struct view),
	COLUMN(authz, offered, COL_ENUM, unsigned),
	COLUMN(authz, active_type, COL_ENUM, enum chall_type),
	COLUMN(authz, key_thumbprint, COL_B32, uint8_t[32]),
	COLUMN(authz, validated_at, COL_I64, int64_t),
	COLUMN(authz, expires_at, COL_I64, int64_t),
	COLUMN(authz, error, COL_VIEW, struct view),
};

int
order_get(struct db *db, struct arena *a, uint64_t id, uint64_t account_id,
    struct order *out, struct err *err)
{
	return db_row(db, STMT_ORDER_GET, PARAMS(P_U(id), P_U(account_id)),
	    order_columns, NITEMS(order_columns), out, a, err);
}

int
authz_get(struct db *db, struct arena *a, uint64_t id, uint64_t account_id,
    struct authz *out, struct err *err)
{
	return db_row(db, STMT_AUTHZ_GET, PARAMS(P_U(id), P_U(account_id)),
	    authz_columns, NITEMS(authz_columns), out, a, err);
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
	const struct order	*order;
	const struct authz	*authzs;
	size_t			 n;
	const struct client	*client;
};

#define AUTHZ_PARAMS	10

static int
put_authzs(struct db *db, const struct create *c, struct err *err)
{
	struct param *p = arena_array(c->arena, c->n * AUTHZ_PARAMS, sizeof(*p));
	const struct authz *z;
	size_t i;

	for (i = 0; i < c->n; i++) {
		z = &c->authzs[i];
		memcpy(p + i * AUTHZ_PARAMS, ((const struct param[AUTHZ_PARAMS]){
		    P_U(z->id), P_U(z->order_id), P_U(z->account_id),
		    P_U(z->ident_type), P_T(z->ident_value), P_U(z->is_wildcard),
		    P_T(z->token), P_U(z->offered), P_I(z->expires_at),
		    P_I(c->order->created_at) }), AUTHZ_PARAMS * sizeof(*p));
	}
	return db_insert_rows(db, STMT_AUTHZ_PUT, p, AUTHZ_PARAMS, c->n, err);
}

static int
create(struct db *db, void *arg, struct err *err)
{
	const struct create *c = arg;
	const struct order *o = c->order;

	if (db_exec(db, STMT_ORDER_PUT, PARAMS(P_U(o->id), P_U(o->number),
	    P_U(o->account_id), P_U(o->status), P_U(o->authz_left),
	    P_I(o->expires_at), P_T(o->profile), P_B(o->idents), P_B(o->authzs),
	    P_I(o->created_at)), NULL, err) != 0)
		return -1;
	if (put_authzs(db, c, err) != 0)
		return -1;
	return db_exec(db, STMT_ACCOUNT_TOUCH, PARAMS(
	    P_T_OR_NULL(view_sub(c->client->user_agent, 0, USER_AGENT_MAX)),
	    P_T_OR_NULL(c->client->ip_address), P_I(o->created_at),
	    P_U(o->account_id)), NULL, err);
}

int
order_create(struct store *st, struct tx_once *once, struct arena *a,
    struct order *o, struct authz *authzs, size_t n, const struct client *client,
    struct err *err)
{
	struct create c = { a, o, authzs, n, client };
	uint64_t *ids = arena_array(a, n + 1, sizeof(*ids));
	size_t i;

	if (writer_ids(st->writer, ids, n + 1, err) != 0 ||
	    writer_small(st->writer, NUMBER_ORDER, &o->number, err) != 0)
		return -1;
	o->id = ids[0];
	o->authzs = order_pack_authzs(a, ids + 1, n);
	for (i = 0; i < n; i++) {
		authzs[i].id = ids[i + 1];
		authzs[i].order_id = o->id;
	}
	return tx_run(st->db, create, &c, once, err);
}

/* A move of one row that hands work to a queue. */
struct move {
	const struct authz	*authz;
	const struct order	*order;
	enum chall_type		 type;
	const uint8_t		*key_thumbprint;
	struct view		 finalize_jws;
	struct job_new		 job;
	bool			 moved;
};

static int
respond(struct db *db, void *arg, struct err *err)
{
	struct move *m = arg;
	uint64_t rows;

	if (db_exec(db, STMT_AUTHZ_RESPOND, PARAMS(P_U(m->type),
	    P_B(view_from(m->key_thumbprint, 32)), P_U(m->authz->id),
	    P_U(m->authz->account_id), P_I(m->job.now)), &rows, err) != 0)
		return -1;
	m->moved = rows != 0;
	return m->moved ? job_put(db, &m->job, err) : 0;
}

int
authz_respond(struct store *st, struct tx_once *once, const struct authz *z,
    enum chall_type type, const uint8_t key_thumbprint[32],
    const struct job_route *route, uint64_t *job, struct err *err)
{
	struct move m = { .authz = z, .type = type, .key_thumbprint = key_thumbprint,
	    .job = { 0, chall_type_name(type), z->id, clk_now(st->clk), route->ring,
	    route->host } };

	*job = 0;
	if (writer_id(st->writer, &m.job.id, err) != 0 ||
	    tx_run(st->db, respond, &m, once, err) != 0)
		return -1;
	if (m.moved)
		*job = m.job.id;
	return 0;
}

static int
finalize(struct db *db, void *arg, struct err *err)
{
	struct move *m = arg;
	uint64_t rows;

	if (db_exec(db, STMT_ORDER_FINALIZE, PARAMS(P_B(m->finalize_jws),
	    P_U(m->order->id), P_U(m->order->account_id), P_I(m->job.now)), &rows,
	    err) != 0)
		return -1;
	if (rows == 0)
		return err_set(err, ERR_ORDER_NOT_READY,
		    "The order is not ready to be finalized");
	return job_put(db, &m->job, err);
}

int
order_finalize(struct store *st, struct tx_once *once, const struct order *o,
    struct view finalize_jws, const struct job_route *route, uint64_t *job,
    struct err *err)
{
	struct move m = { .order = o, .finalize_jws = finalize_jws,
	    .job = { 0, QUEUE_SIGN, o->id, clk_now(st->clk), route->ring,
	    route->host } };

	if (writer_id(st->writer, &m.job.id, err) != 0 ||
	    tx_run(st->db, finalize, &m, once, err) != 0)
		return -1;
	*job = m.job.id;
	return 0;
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
