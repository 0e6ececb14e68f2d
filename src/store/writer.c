/* SPDX-License-Identifier: BSD-2-Clause */
/* Leased writer numbers, row ids, blocks of small numbers. */
#include "store/writer.h"
#include "store/tx.h"
#include "base/log.h"
#include "base/random.h"

#define EPOCH_MS	((int64_t)1735689600 * 1000)	/* 2025-01-01 */
#define COUNTER_BITS	12
#define WRITER_BITS	10
#define TIME_SHIFT	(COUNTER_BITS + WRITER_BITS)
#define AHEAD_MS	((uint64_t)10 * 1000)	/* reserved at a time */
#define LEASE_S		3600
#define BLOCK		1000
#define LEASE_TRIES	32
#define FLOOR_SLACK_MS	((uint64_t)3600 * 1000)
#define LATER_SLACK	((uint64_t)DAY_S * 1000 << TIME_SHIFT)

static const char *const number_names[] = { "transaction", "order", "certificate" };
_Static_assert(NITEMS(number_names) == NUMBER__MAX, "a name for every kind");

struct writer {
	struct db		*db;
	const struct clk	*clk;
	uint64_t		 id;		/* 0: none leased */
	uint64_t		 owner;		/* random mark of this lease */
	uint64_t		 ms;		/* of the last id, since EPOCH_MS */
	uint64_t		 high_ms;	/* ids up to this one may be made */
	unsigned		 counter;	/* next within ms */
	int64_t			 leased_until;
	struct {
		uint64_t	next, end;
	}			 block[NUMBER__MAX];
};

struct free_writer {
	uint64_t	id;
	uint64_t	owner;
	uint64_t	high_ms;
};

static const struct column free_columns[] = {
	COLUMN(free_writer, id, COL_U64, uint64_t),
	COLUMN(free_writer, owner, COL_U64, uint64_t),
	COLUMN(free_writer, high_ms, COL_U64, uint64_t),
};

struct writer *
writer_new(struct db *db, const struct clk *clk)
{
	struct writer *w;

	if ((w = calloc(1, sizeof(*w))) == NULL)
		abort();
	w->db = db;
	w->clk = clk;
	return w;
}

static uint64_t
clock_ms(const struct writer *w)
{
	int64_t ms = clk_now_ms(w->clk) - EPOCH_MS;

	return ms > 0 ? (uint64_t)ms : 0;
}

void
writer_free(struct writer *w)
{
	struct err err;

	if (w == NULL)
		return;
	/* Not giving it back costs nothing but a number for an hour. */
	if (w->id != 0 && db_is_connected(w->db) &&
	    db_exec(w->db, STMT_WRITER_RELEASE, PARAMS(P_U(w->ms), P_U(w->id),
	    P_U(w->owner)), NULL, &err) != 0)
		log_err(LOG_NOTICE, "writer.release", &err);
	free(w);
}

/*
 * From where a new lease starts: never before what its number was used for, and
 * if some writer is far ahead of the clock (which was set back, then) not before
 * that either, so that new rows still come after old ones.
 */
static int
first_ms(struct writer *w, uint64_t own_high, uint64_t *out, struct err *err)
{
	static const struct column cols[] = { { "high_ms", COL_U64, 0 } };
	uint64_t now = clock_ms(w), floor = 0;
	struct arena *a = arena_new();
	int rc;

	rc = db_row(w->db, STMT_WRITER_FLOOR, NO_PARAMS, cols, 1, &floor, a, err);
	arena_free(a);
	if (rc < 0)
		return -1;
	*out = own_high > now ? own_high : now;
	if (floor > now + FLOOR_SLACK_MS && floor > *out)
		*out = floor;
	return 0;
}

/* Try one free number: 1 leased, 0 somebody was faster, -1. */
static int
lease_one(struct writer *w, const struct free_writer *f, struct err *err)
{
	uint64_t from, owner = random_u64() >> 1, rows;
	int64_t until = clk_now(w->clk) + LEASE_S;

	if (first_ms(w, f->high_ms, &from, err) != 0)
		return -1;
	if (db_exec(w->db, STMT_WRITER_LEASE, PARAMS(P_U(owner),
	    P_U(from + AHEAD_MS), P_I(until), P_U(f->id), P_U(f->owner),
	    P_U(f->high_ms)), &rows, err) != 0)
		return -1;
	if (rows == 0)
		return 0;
	w->id = f->id;
	w->owner = owner;
	w->ms = from;
	w->high_ms = from + AHEAD_MS;
	w->counter = 0;
	w->leased_until = until;
	log_event(LOG_DEBUG, "writer.lease", LOGF_U("writer", w->id));
	return 1;
}

static int
lease(struct writer *w, struct err *err)
{
	struct free_writer *rows;
	struct arena *a = arena_new();
	unsigned try;
	size_t n;
	int rc = 0;

	for (try = 0; rc == 0 && try < LEASE_TRIES; try++) {
		rc = db_rows(w->db, STMT_WRITER_FREE, PARAMS(P_I(clk_now(w->clk))),
		    free_columns, NITEMS(free_columns), sizeof(*rows), 64, a, &rows,
		    &n, err);
		if (rc == 0 && n == 0)
			rc = err_internal(err, "no writer number is free");
		else if (rc == 0)
			rc = lease_one(w, &rows[random_below(n)], err);
	}
	arena_free(a);
	if (rc == 0)
		rc = err_internal(err, "no writer number could be leased");
	return rc == 1 ? 0 : -1;
}

/* Reserve up to at least ms; a lost lease is replaced by a new one. */
static int
reserve(struct writer *w, uint64_t ms, struct err *err)
{
	int64_t until = clk_now(w->clk) + LEASE_S;
	uint64_t rows;

	if (db_exec(w->db, STMT_WRITER_RESERVE, PARAMS(P_U(ms + AHEAD_MS),
	    P_I(until), P_U(w->id), P_U(w->owner)), &rows, err) != 0)
		return -1;
	if (rows == 0) {
		w->id = 0;
		return lease(w, err);
	}
	w->high_ms = ms + AHEAD_MS;
	w->leased_until = until;
	return 0;
}

/* A lease and a reservation that are good for the next id. */
static int
ready(struct writer *w, struct err *err)
{
	uint64_t now = clock_ms(w);

	if (w->id == 0 && lease(w, err) != 0)
		return -1;
	if (now > w->ms) {
		w->ms = now;
		w->counter = 0;
	} else if (w->counter == BIT(COUNTER_BITS)) {
		w->ms++;
		w->counter = 0;
	}
	if (w->ms >= w->high_ms)
		return reserve(w, w->ms, err);
	return 0;
}

int
writer_ids(struct writer *w, uint64_t *ids, size_t n, struct err *err)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (ready(w, err) != 0)
			return -1;
		ids[i] = w->ms << TIME_SHIFT | w->id << COUNTER_BITS | w->counter++;
	}
	return 0;
}

int
writer_id(struct writer *w, uint64_t *id, struct err *err)
{
	return writer_ids(w, id, 1, err);
}

int
writer_number(struct writer *w, unsigned *number, struct err *err)
{
	if (w->id == 0 && lease(w, err) != 0)
		return -1;
	/* Two holders of one number would still make different nonces. */
	*number = (unsigned)w->id;
	return 0;
}

struct take {
	enum number_kind	kind;
	uint64_t		next;
};

static int
take_block(struct db *db, void *arg, struct err *err)
{
	static const struct column cols[] = { { "next", COL_U64, 0 } };
	struct take *t = arg;
	struct view name = view_of(number_names[t->kind]);
	struct arena *a = arena_new();
	int rc;

	rc = db_row(db, STMT_NUMBER_GET, PARAMS(P_T(name)), cols, 1, &t->next, a, err);
	arena_free(a);
	if (rc == 0)
		return err_internal(err, "numbers has no row %s", number_names[t->kind]);
	if (rc < 0)
		return -1;
	return db_exec(db, STMT_NUMBER_TAKE, PARAMS(P_U(BLOCK), P_T(name)), NULL, err);
}

int
writer_small(struct writer *w, enum number_kind kind, uint64_t *number, struct err *err)
{
	struct take t = { kind, 0 };

	if (w->block[kind].next == w->block[kind].end) {
		/* A block whose COMMIT was lost is a gap; gaps are allowed. */
		if (tx_run(w->db, take_block, &t, NULL, err) != 0)
			return -1;
		w->block[kind].next = t.next;
		w->block[kind].end = t.next + BLOCK;
	}
	*number = w->block[kind].next++;
	return 0;
}

uint64_t
id_of_time(int64_t at)
{
	int64_t ms = at * 1000 - EPOCH_MS;

	return ms > 0 ? (uint64_t)ms << TIME_SHIFT : 0;
}

uint64_t
id_later_than(uint64_t id)
{
	return id > LATER_SLACK ? id - LATER_SLACK : 0;
}
