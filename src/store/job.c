/* SPDX-License-Identifier: BSD-2-Clause */
/* Rows of jobs and slots. */
#include "store/job.h"

#define CLAIM_MAX	64

static const struct column columns[] = {
	COLUMN(job, id, COL_U64, uint64_t),
	COLUMN(job, object_id, COL_U64, uint64_t),
	COLUMN(job, epoch, COL_U64, uint64_t),
	COLUMN(job, tries, COL_U64, uint64_t),
	COLUMN(job, blocks, COL_U64, uint64_t),
	COLUMN(job, ring, COL_U64, uint64_t),
};

static const struct column slot_columns[] = {
	COLUMN(slot, id, COL_U64, uint64_t),
	COLUMN(slot, epoch, COL_U64, uint64_t),
};

int
job_put(struct db *db, const struct job_new *j, struct err *err)
{
	return db_exec(db, STMT_JOB_PUT, PARAMS(P_U(j->id), P_T(view_of(j->queue)),
	    P_U(j->object_id), P_I(j->now + JOB_LEASE_S), P_I(j->now),
	    P_U_OR_NULL(j->blocks), P_U(j->blocked_by), P_U(j->ring), P_I(j->now),
	    P_T(j->name), P_T(view_of(j->host)), P_T(view_of(j->queue))), NULL, err);
}

int
slot_take(struct db *db, const char *host, const char *queue, int64_t now,
    struct slot *slot, struct err *err)
{
	struct arena *a = arena_new();
	uint64_t rows = 0;
	int rc;

	rc = db_insert(db, STMT_SLOT_PUT, PARAMS(P_T(view_of(host)),
	    P_T(view_of(queue)), P_I(now)), err);
	if (rc >= 0)
		rc = db_row(db, STMT_SLOT_GET, PARAMS(P_T(view_of(host)),
		    P_T(view_of(queue))), slot_columns, NITEMS(slot_columns), slot, a,
		    err);
	arena_free(a);
	if (rc == 0)
		return err_internal(err, "slot %s/%s vanished", host, queue);
	if (rc < 0 || db_exec(db, STMT_SLOT_TAKE, PARAMS(P_I(now), P_U(slot->id),
	    P_U(slot->epoch)), &rows, err) != 0)
		return -1;
	if (rows == 0)
		return err_internal(err, "slot %s/%s was taken by another process",
		    host, queue);
	slot->epoch++;
	return job_renew(db, slot, now, err);
}

int
job_get(struct db *db, const struct slot *slot, uint64_t id, int64_t now,
    struct job *out, struct err *err)
{
	struct arena *a = arena_new();
	int rc;

	rc = db_row(db, STMT_JOB_GET, PARAMS(P_U(id), P_U(slot->id), P_I(now)),
	    columns, NITEMS(columns), out, a, err);
	arena_free(a);
	return rc;
}

int
job_due(struct db *db, const struct slot *slot, int64_t now, size_t max,
    struct arena *a, struct job **jobs, size_t *n, struct err *err)
{
	return db_rows(db, STMT_JOBS_DUE, PARAMS(P_U(slot->id), P_I(now), P_U(max)),
	    columns, NITEMS(columns), sizeof(**jobs), max, a, jobs, n, err);
}

int
job_renew(struct db *db, const struct slot *slot, int64_t now, struct err *err)
{
	return db_exec(db, STMT_JOBS_RENEW, PARAMS(P_U(slot->epoch),
	    P_I(now + JOB_LEASE_S), P_U(slot->id), P_U(slot->epoch)), NULL, err);
}

struct lapsed {
	uint64_t	id;
	uint64_t	owner;
	uint64_t	epoch;
};

int
job_claim_lapsed(struct db *db, const struct slot *slot, const char *queue,
    int64_t now, size_t *claimed, struct err *err)
{
	static const struct column cols[] = {
		COLUMN(lapsed, id, COL_U64, uint64_t),
		COLUMN(lapsed, owner, COL_U64, uint64_t),
		COLUMN(lapsed, epoch, COL_U64, uint64_t),
	};
	struct arena *a = arena_new();
	struct lapsed *l;
	uint64_t rows;
	size_t i, n;
	int rc;

	*claimed = 0;
	rc = db_rows(db, STMT_JOBS_LAPSED, PARAMS(P_T(view_of(queue)), P_I(now),
	    P_U(slot->id), P_U(CLAIM_MAX)), cols, NITEMS(cols), sizeof(*l),
	    CLAIM_MAX, a, &l, &n, err);
	for (i = 0; rc == 0 && i < n; i++) {
		rc = db_exec(db, STMT_JOB_CLAIM, PARAMS(P_U(slot->id),
		    P_U(slot->epoch), P_I(now + JOB_LEASE_S), P_U(l[i].id),
		    P_U(l[i].owner), P_U(l[i].epoch), P_I(now)), &rows, err);
		if (rc == 0)
			*claimed += rows != 0;
	}
	arena_free(a);
	return rc;
}

int
job_finish(struct db *db, const struct slot *slot, uint64_t id, int64_t now,
    struct err *err)
{
	uint64_t rows;

	if (db_exec(db, STMT_JOB_FINISH, PARAMS(P_I(now), P_U(id), P_U(slot->id),
	    P_U(slot->epoch)), &rows, err) != 0)
		return -1;
	return rows != 0;
}

int
job_retry(struct db *db, const struct slot *slot, uint64_t id, int64_t run_at,
    struct err *err)
{
	uint64_t rows;

	if (db_exec(db, STMT_JOB_RETRY, PARAMS(P_I(run_at), P_U(id), P_U(slot->id),
	    P_U(slot->epoch)), &rows, err) != 0)
		return -1;
	return rows != 0;
}
