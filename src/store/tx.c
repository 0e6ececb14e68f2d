/* SPDX-License-Identifier: BSD-2-Clause */
/* Transactions: rollback first, bounded retries, and the witness of a lost COMMIT. */
#include "store/tx.h"

#include <errno.h>

#include "base/log.h"
#include "base/random.h"
#include "store/db_private.h"

#define TRIES_MAX	6

/* 2, 4, 8 ... ms, each with as much jitter: at most some 250 ms in all. */
static void
pause_before(unsigned try)
{
	uint64_t ms = (uint64_t)1 << try;
	struct timespec ts = { 0, (long)((ms + random_below(ms)) * 1000000) };

	(void)nanosleep(&ts, NULL);
}

static int
begin(struct db *db, struct err *err)
{
	if (db->my == NULL && db_connect(db, err) != 0) {
		db->fault = DB_FAULT_LOST;
		return -1;
	}
	db->fault = DB_FAULT_NONE;
	if (db_text(db, STMT_TX_BEGIN, err) != 0)
		return -1;
	db->in_tx = true;
	return 0;
}

static void
rollback(struct db *db)
{
	struct err ignored;

	if (db->in_tx && db->my != NULL && mysql_rollback(db->my) != 0) {
		/* A connection that cannot roll back is in no known state. */
		(void)db_failed(db, "rollback", mysql_errno(db->my),
		    mysql_error(db->my), &ignored);
		db_drop(db);
	}
	db->in_tx = false;
}

static int
commit(struct db *db, struct err *err)
{
	int rc = 0;

	if (mysql_commit(db->my) != 0)
		rc = db_failed(db, "commit", mysql_errno(db->my),
		    mysql_error(db->my), err);
	else
		db->in_tx = false;
	return rc;
}

static int
put_once(struct db *db, struct tx_once *once, struct err *err)
{
	int rc;

	if (once == NULL || once->done)
		return 0;
	if ((rc = db_insert(db, once->put, once->params, once->nparams, err)) < 0)
		return -1;
	if (rc == 0) {
		db->fault = DB_FAULT_OTHER;
		return err_set(err, once->taken, "%s", once->taken_text);
	}
	return 0;
}

/* After a lost connection: 1 our row stands, 0 it does not, -1 cannot tell. */
static int
happened(struct db *db, const struct tx_once *once, struct err *err)
{
	static const struct column cols[] = { { "found", COL_U64, 0 } };
	struct arena *a;
	uint64_t found;
	int rc;

	if (once == NULL)
		return err_inner(err, "connection lost during COMMIT, outcome unknown");
	a = arena_new();
	rc = db_row(db, once->find, once->params, once->nparams, cols, 1, &found, a, err);
	arena_free(a);
	return rc;
}

/* One attempt.  1: committed; 0: try again; -1: over. */
static int
attempt(struct db *db, tx_fn fn, void *arg, struct tx_once *once, struct err *err)
{
	int rc;

	if (begin(db, err) != 0 || put_once(db, once, err) != 0 ||
	    (fn != NULL && fn(db, arg, err) != 0)) {
		rc = db->fault == DB_FAULT_AGAIN || db->fault == DB_FAULT_LOST ? 0 : -1;
		rollback(db);
		return rc;
	}
	if (commit(db, err) == 0)
		return 1;
	if (db->fault == DB_FAULT_LOST)
		return happened(db, once, err);
	rc = db->fault == DB_FAULT_AGAIN ? 0 : -1;
	rollback(db);
	return rc;
}

int
tx_run(struct db *db, tx_fn fn, void *arg, struct tx_once *once, struct err *err)
{
	unsigned try;
	int rc;

	for (try = 1; try <= TRIES_MAX; try++) {
		err_clear(err);
		if ((rc = attempt(db, fn, arg, once, err)) == 1) {
			if (once != NULL)
				once->done = true;
			err_clear(err);
			return 0;
		}
		if (rc < 0)
			return -1;
		log_event(LOG_WARNING, "tx.retry", LOGF_U("try", try),
		    LOGF_S("cause", err->inner));
		/* No connection to be had: the client is told so at once. */
		if (db->fault == DB_FAULT_LOST && try > 1)
			return -1;
		pause_before(try);
	}
	return -1;
}

int
tx_snapshot(struct db *db, tx_fn fn, void *arg, struct err *err)
{
	int rc;

	if (db_connect(db, err) != 0 || db_text(db, STMT_TX_REPEATABLE, err) != 0 ||
	    db_text(db, STMT_TX_SNAPSHOT, err) != 0)
		return -1;
	db->in_tx = true;
	rc = fn(db, arg, err);
	rollback(db);
	return rc;
}

int
tx_once(struct db *db, struct tx_once *once, struct err *err)
{
	int rc;

	if (once->done)
		return 0;
	err_clear(err);
	/* One statement is a transaction of its own: no need for BEGIN and COMMIT. */
	if ((rc = put_once(db, once, err)) != 0 && db->fault == DB_FAULT_LOST) {
		if ((rc = happened(db, once, err)) == 0)
			rc = put_once(db, once, err);
		else if (rc == 1)
			rc = 0;
	}
	if (rc == 0)
		once->done = true;
	return rc;
}
