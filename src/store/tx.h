/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tx: transactions, the one way to change more than one row (design.md 7).
 *
 * READ COMMITTED.  On any failure ROLLBACK comes first; a deadlock or a lock
 * wait is then tried again a bounded number of times with jitter, so fn must be
 * able to run twice.  Lock order, for every transaction: bindings by id,
 * subscription, names by id, orders by id, authorizations by id, jobs, reseller
 * balance last.
 */
#ifndef CAAS_STORE_TX_H
#define CAAS_STORE_TX_H

#include "store/db.h"

/*
 * What makes a transaction happen at most once: a row that it inserts first and
 * that nobody else can have inserted.  After a connection was lost during COMMIT
 * the same row is the witness that answers whether it happened.
 */
struct tx_once {
	enum stmt		 put;		/* inserts the row */
	enum stmt		 find;		/* one row when this very request put it */
	const struct param	*params;	/* of both */
	size_t			 nparams;
	enum err_kind		 taken;		/* what a duplicate means */
	const char		*taken_text;
	bool			 done;		/* set once the row is committed */
};

typedef int (*tx_fn)(struct db *, void *arg, struct err *);

/*
 * Run fn between START TRANSACTION and COMMIT.  0: committed.  -1: nothing
 * happened (ERR_UNAVAILABLE: try later), unless once is NULL and the connection
 * was lost during COMMIT: then the outcome is unknown, and ERR_UNAVAILABLE says so.
 * once may be NULL; if it is done already its row is not put again.
 */
MUST_USE int	tx_run(struct db *, tx_fn fn, void *arg, struct tx_once *once, struct err *);

/*
 * Run fn, which only reads, and all of whose reads see the database as it is now.  It
 * runs once: what it wrote elsewhere could not be taken back.
 */
MUST_USE int	tx_snapshot(struct db *, tx_fn fn, void *arg, struct err *);

/* Put the row of once alone, as a transaction of its own. */
MUST_USE int	tx_once(struct db *, struct tx_once *once, struct err *);

#endif
