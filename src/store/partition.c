/* SPDX-License-Identifier: BSD-2-Clause */
/* A partition is named after the day that its ids are below. */
#include "store/partition.h"

#include <time.h>

#include "store/db_private.h"
#include "store/writer.h"

#define PARTITIONS_MAX	1000
#define AHEAD		2		/* ranges that begin in the future */
#define MADE_MAX	8		/* in one go for a table */
#define JOBS_KEPT_S	(30 * DAY_S)
#define EVIDENCE_KEPT_S	(2 * 366 * DAY_S)
#define ORDER_LIFE_S	(30 * DAY_S)	/* a certificate comes after its order by less */

/* Is something below the bound that must stay?  1, 0, -1. */
typedef int (*needed_fn)(struct db *, int64_t below_at, int64_t now, struct err *);

static int
found(struct db *db, enum stmt s, const struct param *p, size_t n, struct err *err)
{
	static const struct column id[] = { { "id", COL_U64, 0 } };
	struct arena *a = arena_new();
	uint64_t ignored;
	int rc;

	rc = db_row(db, s, p, n, id, 1, &ignored, a, err);
	arena_free(a);
	return rc;
}

static int
jobs_needed(struct db *db, int64_t below_at, int64_t now, struct err *err)
{
	if (now - below_at < JOBS_KEPT_S)
		return 1;
	return found(db, STMT_JOBS_UNDONE_BELOW, PARAMS(P_U(id_of_time(below_at))), err);
}

static int
evidence_needed(struct db *db, int64_t below_at, int64_t now, struct err *err)
{
	if (now - below_at < EVIDENCE_KEPT_S)
		return 1;
	return found(db, STMT_CERTS_LATELY_BELOW, PARAMS(
	    P_U(id_of_time(below_at + ORDER_LIFE_S)), P_I(now - EVIDENCE_KEPT_S)), err);
}

/* What tells of others goes before them. */
static const struct growing {
	const char	*table;
	int64_t		 span_s;
	needed_fn	 needed;
} growing[] = {
	{ "jobs", 7 * DAY_S, jobs_needed },
	{ "verdicts", 90 * DAY_S, evidence_needed },
	{ "caa_checks", 90 * DAY_S, evidence_needed },
	{ "authzs", 90 * DAY_S, evidence_needed },
	{ "orders", 90 * DAY_S, evidence_needed },
	{ "audit", 90 * DAY_S, NULL },		/* for ever */
	{ "cert_ders", 90 * DAY_S, evidence_needed },
	{ "certs", 90 * DAY_S, evidence_needed },
};

struct partition {
	struct view	name;
	struct view	below;		/* an id, or MAXVALUE */
};

static int
list(struct db *db, struct arena *a, const char *table, struct partition **out, size_t *n,
    struct err *err)
{
	static const struct column cols[] = {
		COLUMN(partition, name, COL_VIEW, struct view),
		COLUMN(partition, below, COL_VIEW, struct view),
	};

	if (db_rows(db, STMT_PARTITION_LIST, PARAMS(P_T(view_of(table))), cols, NITEMS(cols),
	    sizeof(**out), PARTITIONS_MAX, a, out, n, err) != 0)
		return -1;
	if (*n < 2 || !view_is((*out)[*n - 1].name, "pmax"))
		return err_internal(err, "the table %s has no partition pmax", table);
	return 0;
}

/* The time that a partition's rows were made before; 0: there can be none in it. */
static int64_t
below_at(const struct partition *p)
{
	struct tm tm = { 0 };
	uint64_t day;

	if (p->name.n == 0 || view_u64(view_sub(p->name, 1, p->name.n - 1), 99991231, &day) != 0 ||
	    day < 20250101)
		return 0;
	tm.tm_year = (int)(day / 10000) - 1900;
	tm.tm_mon = (int)(day / 100 % 100) - 1;
	tm.tm_mday = (int)(day % 100);
	return timegm(&tm);
}

static int
split(struct db *db, struct arena *a, const struct growing *g, int64_t at, struct err *err)
{
	char day[sizeof("20261231")];
	struct tm tm;

	if (gmtime_r(&at, &tm) == NULL || strftime(day, sizeof(day), "%Y%m%d", &tm) == 0)
		return err_internal(err, "a partition at %lld", (long long)at);
	if (db_exec(db, STMT_PARTITION_SPLIT, PARAMS(P_T(view_of(g->table)),
	    P_T(view_of(day)), P_T(view_of(arena_printf(a, "%ju",
	    (uintmax_t)id_of_time(at))))), NULL, err) != 0)
		return -1;
	return db_text(db, STMT_PARTITION_ALTER, err);
}

/* The next bound of all: whole spans since 1970, after what is there. */
static int
make_ahead(struct db *db, struct arena *a, const struct growing *g, int64_t last_at,
    int64_t now, unsigned *made, struct err *err)
{
	int64_t at, end = now + AHEAD * g->span_s;
	int i;

	at = (last_at > now ? last_at : now) / g->span_s * g->span_s + g->span_s;
	for (i = 0; i < MADE_MAX && at <= end; i++, at += g->span_s) {
		if (split(db, a, g, at, err) != 0)
			return -1;
		++*made;
	}
	return 0;
}

static int
drop_ended(struct db *db, const struct growing *g, const struct partition *p, size_t n,
    int64_t now, unsigned *dropped, struct err *err)
{
	size_t i;
	int rc;

	for (i = 0; g->needed != NULL && i < n; i++) {
		/* The first, without rows, keeps the table a partitioned one. */
		if (below_at(&p[i]) == 0)
			continue;
		if ((rc = g->needed(db, below_at(&p[i]), now, err)) != 0)
			return rc < 0 ? -1 : 0;
		if (db_exec(db, STMT_PARTITION_DROP, PARAMS(P_T(view_of(g->table)),
		    P_T(p[i].name)), NULL, err) != 0 ||
		    db_text(db, STMT_PARTITION_ALTER, err) != 0)
			return -1;
		++*dropped;
	}
	return 0;
}

int
partitions_tend(struct db *db, int64_t now, struct partition_work *work, struct err *err)
{
	struct arena *a = arena_new();
	struct partition *p;
	size_t i, n;
	int rc = 0;

	memset(work, 0, sizeof(*work));
	for (i = 0; rc == 0 && i < NITEMS(growing); i++) {
		rc = list(db, a, growing[i].table, &p, &n, err);
		if (rc == 0)
			rc = make_ahead(db, a, &growing[i], below_at(&p[n - 2]), now,
			    &work->made, err);
		if (rc == 0)
			rc = drop_ended(db, &growing[i], p, n - 1, now, &work->dropped, err);
	}
	arena_free(a);
	return rc;
}
