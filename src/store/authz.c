/* SPDX-License-Identifier: BSD-2-Clause */
/* Authorizations as the responder reads and moves them. */
#include "store/authz.h"

#include "store/audit.h"

#define AUTHZ_PARAMS	11

static const struct column columns[] = {
	COLUMN(authz, id, COL_U64, uint64_t),
	COLUMN(authz, order_id, COL_U64, uint64_t),
	COLUMN(authz, account_id, COL_U64, uint64_t),
	COLUMN(authz, ident_type, COL_ENUM, enum ident_type),
	COLUMN(authz, ident_value, COL_VIEW, struct view),
	COLUMN(authz, is_wildcard, COL_BOOL, bool),
	COLUMN(authz, covers_subdomains, COL_BOOL, bool),
	COLUMN(authz, status, COL_ENUM, enum authz_status),
	COLUMN(authz, token, COL_VIEW, struct view),
	COLUMN(authz, offered, COL_ENUM, unsigned),
	COLUMN(authz, active_type, COL_ENUM, enum chall_type),
	COLUMN(authz, key_thumbprint, COL_B32, uint8_t[32]),
	COLUMN(authz, validated_at, COL_I64, int64_t),
	COLUMN(authz, expires_at, COL_I64, int64_t),
	COLUMN(authz, deactivated_at, COL_I64, int64_t),
	COLUMN(authz, error, COL_VIEW, struct view),
};

int
authz_get(struct db *db, struct arena *a, uint64_t id, uint64_t account_id,
    struct authz *out, struct err *err)
{
	return db_row(db, STMT_AUTHZ_GET, PARAMS(P_U(id), P_U(account_id)), columns,
	    NITEMS(columns), out, a, err);
}

int
authz_reusable(struct db *db, struct arena *a, uint64_t account_id, const struct ident *id,
    int64_t after, struct authz *out, struct err *err)
{
	return db_row(db, STMT_AUTHZ_REUSABLE, PARAMS(P_U(account_id), P_T(id->value),
	    P_U(id->type), P_U(id->wildcard), P_I(after), P_U(id_of_time(after - AUTHZ_LIFE_MAX))),
	    columns, NITEMS(columns), out, a, err);
}

int
authz_above(struct db *db, struct arena *a, uint64_t account_id, const struct ident *id,
    int64_t after, struct authz *out, struct err *err)
{
	struct view above[AUTHZ_ABOVE_MAX], rest = id->value;
	size_t i;

	if (id->type != IDENT_DNS || id->wildcard)
		return 0;
	for (i = 0; i < AUTHZ_ABOVE_MAX; i++) {
		(void)view_cut(&rest, '.');
		above[i] = rest.n != 0 ? rest : VIEW("");
	}
	return db_row(db, STMT_AUTHZ_ABOVE, PARAMS(P_U(account_id), P_T(above[0]),
	    P_T(above[1]), P_T(above[2]), P_T(above[3]), P_T(above[4]), P_T(above[5]),
	    P_T(above[6]), P_T(above[7]), P_I(after),
	    P_U(id_of_time(after - AUTHZ_LIFE_MAX))), columns, NITEMS(columns), out, a, err);
}

int
authz_freshness(struct db *db, struct arena *a, uint64_t id, uint64_t account_id,
    struct freshness *out, struct err *err)
{
	static const struct column cols[] = {
		COLUMN(freshness, ident_type, COL_ENUM, enum ident_type),
		COLUMN(freshness, ident_value, COL_VIEW, struct view),
		COLUMN(freshness, is_wildcard, COL_BOOL, bool),
		COLUMN(freshness, covers_subdomains, COL_BOOL, bool),
		COLUMN(freshness, status, COL_ENUM, enum authz_status),
		COLUMN(freshness, expires_at, COL_I64, int64_t),
		COLUMN(freshness, deactivated_at, COL_I64, int64_t),
		COLUMN(freshness, caa_checked_at, COL_I64, int64_t),
	};

	return db_row(db, STMT_AUTHZ_FRESHNESS, PARAMS(P_U(id_later_than(id)), P_U(id),
	    P_U(account_id)), cols, NITEMS(cols), out, a, err);
}

int
authz_caa_checked(struct db *db, struct arena *a, uint64_t id, struct view name,
    int64_t *caa_checked_at, struct err *err)
{
	static const struct column cols[] = { { "caa_checked_at", COL_I64, 0 } };

	*caa_checked_at = 0;
	return db_row(db, STMT_CAA_CHECKED, PARAMS(P_U(id), P_T(name),
	    P_U(id_later_than(id))), cols, NITEMS(cols), caa_checked_at, a, err) < 0 ? -1 : 0;
}

int
authz_put(struct db *db, struct arena *a, const struct authz *authzs, size_t n,
    int64_t now, struct err *err)
{
	struct param *p = arena_array(a, n * AUTHZ_PARAMS, sizeof(*p));
	const struct authz *z;
	size_t i, rows = 0;

	for (i = 0; i < n; i++) {
		z = &authzs[i];
		if (z->status != AUTHZ_PENDING)
			continue;
		memcpy(p + rows++ * AUTHZ_PARAMS, ((const struct param[AUTHZ_PARAMS]){
		    P_U(z->id), P_U(z->order_id), P_U(z->account_id),
		    P_U(z->ident_type), P_T(z->ident_value), P_U(z->is_wildcard),
		    P_U(z->covers_subdomains), P_T(z->token), P_U(z->offered),
		    P_I(z->expires_at), P_I(now) }),
		    AUTHZ_PARAMS * sizeof(*p));
	}
	return db_insert_rows(db, STMT_AUTHZ_PUT, p, AUTHZ_PARAMS, rows, err);
}

struct step {
	struct arena		*arena;
	const struct authz	*authz;
	enum chall_type		 type;
	const uint8_t		*key_thumbprint;
	struct view		 problem;
	int64_t			 now;
	struct job_new		 job;
	struct audit		 audit;
	const struct limit_takes	*takes;
	bool			 moved;
};

static int
create(struct db *db, void *arg, struct err *err)
{
	const struct step *s = arg;

	if (limit_take(db, s->arena, s->takes, err) != 0)
		return -1;
	return authz_put(db, s->arena, s->authz, 1, s->now, err);
}

int
authz_create(struct store *st, struct tx_once *once, struct arena *a, struct authz *z,
    const struct limit_takes *takes, struct err *err)
{
	struct step s = { .arena = a, .authz = z, .takes = takes, .now = clk_now(st->clk) };

	if (writer_id(st->writer, &z->id, err) != 0)
		return -1;
	return tx_run(st->db, create, &s, once, err);
}

static int
respond(struct db *db, void *arg, struct err *err)
{
	struct step *s = arg;
	uint64_t rows;

	if (db_exec(db, STMT_AUTHZ_RESPOND, PARAMS(P_U(s->type),
	    P_B(view_from(s->key_thumbprint, 32)), P_U(s->authz->id),
	    P_U(s->authz->account_id), P_I(s->now)), &rows, err) != 0)
		return -1;
	s->moved = rows != 0;
	return s->moved ? job_put(db, &s->job, err) : 0;
}

int
authz_respond(struct store *st, struct tx_once *once, const struct authz *z,
    enum chall_type type, const uint8_t key_thumbprint[32],
    const struct job_route *route, uint64_t *job, struct err *err)
{
	struct step s = { .authz = z, .type = type, .key_thumbprint = key_thumbprint,
	    .now = clk_now(st->clk) };

	*job = 0;
	s.job = (struct job_new){ 0, chall_type_name(type), z->id, s.now, route->ring,
	    route->host, 0, 0, VIEW("") };
	if (writer_id(st->writer, &s.job.id, err) != 0 ||
	    tx_run(st->db, respond, &s, once, err) != 0)
		return -1;
	if (s.moved)
		*job = s.job.id;
	return 0;
}

/* Order before authorization, as every transaction. */
static int
deactivate(struct db *db, void *arg, struct err *err)
{
	struct step *s = arg;
	const struct authz *z = s->authz;
	uint64_t rows = 0;

	if (db_exec(db, STMT_ORDER_FAIL, PARAMS(P_T(s->problem), P_U(z->order_id),
	    P_U(ORDER_PENDING)), NULL, err) != 0 ||
	    db_exec(db, STMT_ORDER_FAIL, PARAMS(P_T(s->problem), P_U(z->order_id),
	    P_U(ORDER_READY)), NULL, err) != 0 ||
	    db_exec(db, STMT_AUTHZ_DEACTIVATE, PARAMS(P_I(s->now), P_U(z->id),
	    P_U(z->account_id), P_I(s->now)), &rows, err) != 0)
		return -1;
	if (rows == 0)
		return err_set(err, ERR_CONFLICT, "the authorization is final");
	return audit_put(db, &s->audit, err);
}

int
authz_deactivate(struct store *st, struct tx_once *once, const struct authz *z,
    struct view actor, struct view problem, struct err *err)
{
	struct step s = { .authz = z, .problem = problem, .now = clk_now(st->clk) };
	uint64_t id;

	if (writer_id(st->writer, &id, err) != 0)
		return -1;
	s.audit = (struct audit){ id, s.now, actor, "authz.deactivate", z->id, z->ident_value };
	if (tx_run(st->db, deactivate, &s, once, err) == 0)
		return 1;
	return err->kind == ERR_CONFLICT ? 0 : -1;
}
