/* SPDX-License-Identifier: BSD-2-Clause */
/* Validations: reading what is to be checked, recording what was seen. */
#include "store/check.h"
#include "base/log.h"
#include "model/order.h"
#include "store/account_change.h"

#define RECORD_RETRY_S	10

static const struct column columns[] = {
	COLUMN(check, id, COL_U64, uint64_t),
	COLUMN(check, order_id, COL_U64, uint64_t),
	COLUMN(check, account_id, COL_U64, uint64_t),
	COLUMN(check, ident_type, COL_ENUM, enum ident_type),
	COLUMN(check, ident_value, COL_VIEW, struct view),
	COLUMN(check, is_wildcard, COL_BOOL, bool),
	COLUMN(check, covers_subdomains, COL_BOOL, bool),
	COLUMN(check, status, COL_ENUM, enum authz_status),
	COLUMN(check, token, COL_VIEW, struct view),
	COLUMN(check, active_type, COL_ENUM, enum chall_type),
	COLUMN(check, key_thumbprint, COL_B32, uint8_t[32]),
	COLUMN(check, expires_at, COL_I64, int64_t),
	COLUMN(check, deactivated_at, COL_I64, int64_t),
	COLUMN(check, acme_account_id, COL_VIEW, struct view),
	COLUMN(check, server, COL_VIEW, struct view),
};

int
check_get(struct db *db, struct arena *a, uint64_t authz_id, struct check *out,
    struct err *err)
{
	return db_row(db, STMT_AUTHZ_FOR_CHECK, PARAMS(P_U(authz_id)), columns,
	    NITEMS(columns), out, a, err);
}

int
check_old_keys(struct db *db, struct arena *a, uint64_t account_id, struct check_key **keys,
    size_t *n, struct err *err)
{
	static const struct column cols[] = {
		COLUMN(check_key, thumbprint, COL_B32, uint8_t[32]),
	};

	return db_rows(db, STMT_ACCOUNT_OLD_THUMBPRINTS, PARAMS(P_U(account_id),
	    P_U(ACCOUNT_KEYS_MAX)), cols, NITEMS(cols), sizeof(**keys), ACCOUNT_KEYS_MAX, a,
	    keys, n, err);
}

struct batch {
	const struct slot	*slot;
	struct check_result	*results;	/* by order id */
	size_t			 n;
	int64_t			 now;
};

/*
 * An order that is no longer pending (another authorization failed, or it
 * expired) stays as it is: that is no reason to forget what was proven.
 */
static int
move_order(struct db *db, const struct check_result *r, struct err *err)
{
	/* A certificate that was only waiting for CAA. */
	if (r->blocks != 0)
		return r->ok ? 0 : db_exec(db, STMT_ORDER_FAIL, PARAMS(
		    P_T(r->order_problem), P_U(r->order_id), P_U(ORDER_PROCESSING)), NULL,
		    err);
	if (r->ok)
		return db_exec(db, STMT_ORDER_AUTHZ_VALID, PARAMS(P_I(r->expires_at),
		    P_U(r->order_id)), NULL, err);
	return db_exec(db, STMT_ORDER_FAIL, PARAMS(P_T(r->order_problem),
	    P_U(r->order_id), P_U(ORDER_PENDING)), NULL, err);
}

static int
move_authz(struct db *db, const struct check_result *r, struct err *err)
{
	uint64_t rows;
	int rc;

	if (r->blocks != 0)
		return 0;
	if (r->ok)
		rc = db_exec(db, STMT_AUTHZ_VALID, PARAMS(P_I(r->checked_at),
		    P_I(r->expires_at), P_U(r->authz_id)), &rows, err);
	else
		rc = db_exec(db, STMT_AUTHZ_INVALID, PARAMS(P_T(r->problem),
		    P_U(r->authz_id)), &rows, err);
	if (rc == 0 && rows == 0)
		return err_set(err, ERR_CONFLICT, "the authorization is not pending");
	return rc;
}

static int
put_evidence(struct db *db, const struct check_result *r, struct err *err)
{
	if (r->verdict.statement.n != 0 && db_exec(db, STMT_VERDICT_PUT, PARAMS(P_U(r->verdict_id),
	    P_U(r->authz_id), P_T(view_of(r->method)), P_U(r->verdict.is_yes),
	    P_I(r->checked_at), P_B(r->verdict.statement), P_B(r->verdict.signature),
	    P_T(r->verdict.record)), NULL, err) != 0)
		return -1;
	if (r->caa.statement.n == 0)
		return 0;
	return db_exec(db, STMT_CAA_CHECK_PUT, PARAMS(P_U(r->caa_id),
	    P_U(r->authz_id), P_T(r->caa_name), P_U(r->caa.is_yes), P_I(r->checked_at),
	    P_B(r->caa.statement), P_B(r->caa.signature), P_T(r->caa.record)), NULL,
	    err);
}

/* End a job, and let go on what waits for it. */
static int
end_job(struct db *db, const struct slot *slot, uint64_t id, uint64_t blocks, int64_t now,
    struct err *err)
{
	int rc = job_finish(db, slot, id, now, err);

	if (rc == 0)
		return err_set(err, ERR_CONFLICT, "the job is somebody else's");
	if (rc < 0 || blocks == 0)
		return rc < 0 ? -1 : 0;
	return db_exec(db, STMT_JOB_UNBLOCK, PARAMS(P_U(blocks)), NULL, err);
}

static int
finish(struct db *db, const struct batch *b, const struct check_result *r,
    struct err *err)
{
	return end_job(db, b->slot, r->job_id, r->blocks, b->now, err);
}

int
check_order_of(struct db *db, struct arena *a, uint64_t blocks, uint64_t *order_id,
    struct err *err)
{
	static const struct column cols[] = { { "object_id", COL_U64, 0 } };

	return db_row(db, STMT_JOB_OBJECT, PARAMS(P_U(blocks)), cols, NITEMS(cols), order_id, a,
	    err);
}

int
check_name_of(struct db *db, struct arena *a, uint64_t job_id, struct view *name,
    struct err *err)
{
	static const struct column cols[] = { { "name", COL_VIEW, 0 } };

	return db_row(db, STMT_JOB_NAME, PARAMS(P_U(job_id)), cols, NITEMS(cols), name, a, err);
}

struct dropping {
	const struct slot	*slot;
	const struct job	*job;
	int64_t			 now;
};

static int
drop(struct db *db, void *arg, struct err *err)
{
	const struct dropping *d = arg;

	return end_job(db, d->slot, d->job->id, d->job->blocks, d->now, err);
}

int
check_drop(struct store *st, const struct slot *slot, const struct job *job,
    struct err *err)
{
	struct dropping d = { slot, job, clk_now(st->clk) };

	return tx_run(st->db, drop, &d, NULL, err);
}

static int
record(struct db *db, void *arg, struct err *err)
{
	const struct batch *b = arg;
	size_t i;

	for (i = 0; i < b->n; i++)
		if (move_order(db, &b->results[i], err) != 0)
			return -1;
	for (i = 0; i < b->n; i++)
		if (move_authz(db, &b->results[i], err) != 0)
			return -1;
	for (i = 0; i < b->n; i++)
		if (put_evidence(db, &b->results[i], err) != 0)
			return -1;
	for (i = 0; i < b->n; i++)
		if (finish(db, b, &b->results[i], err) != 0)
			return -1;
	for (i = 0; i < b->n; i++)
		if (b->results[i].limit.owner != 0 && limit_note(db, &b->results[i].limit,
		    b->results[i].ok, err) != 0)
			return -1;
	return 0;
}

static int
finish_only(struct db *db, void *arg, struct err *err)
{
	const struct batch *b = arg;

	return finish(db, b, b->results, err);
}

static int
by_order(const void *a, const void *b)
{
	const struct check_result *x = a, *y = b;

	if (x->order_id != y->order_id)
		return x->order_id < y->order_id ? -1 : 1;
	return x->authz_id < y->authz_id ? -1 : x->authz_id > y->authz_id;
}

/* One result alone: the ways in which it may no longer matter end here. */
static int
record_one(struct store *st, struct batch b, struct check_result *r, struct err *err)
{
	b.results = r;
	b.n = 1;
	if (tx_run(st->db, record, &b, NULL, err) == 0) {
		r->recorded = true;
		return 0;
	}
	if (err->kind == ERR_UNAVAILABLE)
		return -1;
	if (err->kind != ERR_CONFLICT) {
		/* Not the row's fault, so the work is not lost: it runs again later. */
		log_err(LOG_ERR, "check.record", err);
		return job_retry(st->db, b.slot, r->job_id, b.now + RECORD_RETRY_S,
		    err) < 0 ? -1 : 0;
	}
	log_err(LOG_NOTICE, "check.dropped", err);
	if (tx_run(st->db, finish_only, &b, NULL, err) == 0)
		return 0;
	return err->kind == ERR_UNAVAILABLE ? -1 : 0;
}

int
check_record(struct store *st, const struct slot *slot, struct check_result *results,
    size_t n, struct err *err)
{
	struct batch b = { slot, results, n, clk_now(st->clk) };
	size_t i;

	if (n == 0)
		return 0;
	for (i = 0; i < n; i++) {
		results[i].recorded = false;
		if (writer_id(st->writer, &results[i].verdict_id, err) != 0 ||
		    writer_id(st->writer, &results[i].caa_id, err) != 0)
			return -1;
	}
	qsort(results, n, sizeof(*results), by_order);
	if (n > 1 && tx_run(st->db, record, &b, NULL, err) == 0) {
		for (i = 0; i < n; i++)
			results[i].recorded = true;
		return 0;
	}
	if (n > 1 && err->kind == ERR_UNAVAILABLE)
		return -1;
	for (i = 0; i < n; i++)
		if (record_one(st, b, &results[i], err) != 0)
			return -1;
	return 0;
}
