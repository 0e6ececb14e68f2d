/* SPDX-License-Identifier: BSD-2-Clause */
/* audit: append-only rows, written in the transaction that they tell of. */
#ifndef CAAS_STORE_AUDIT_H
#define CAAS_STORE_AUDIT_H

#include "store/store.h"

struct audit {
	uint64_t	 id;		/* from the writer, made before the transaction */
	int64_t		 at;
	struct view	 actor;		/* "account ID", "reseller NAME", "signer", ... */
	const char	*event;		/* "order.finalize" */
	uint64_t	 object_id;
	struct view	 detail;
};

/* A row as it is read. */
struct audit_row {
	uint64_t	id;
	int64_t		at;
	struct view	actor;
	struct view	event;
	uint64_t	object_id;	/* 0: none */
	struct view	detail;
};

/* Which rows are wanted. */
struct audit_query {
	int64_t		from, to;	/* both meant */
	struct view	actor;		/* "": any */
	struct view	event;		/* how it begins */
};

/* The newest max of them, newest first. */
MUST_USE int	audit_list(struct db *, struct arena *, const struct audit_query *, size_t max,
		    struct audit_row **, size_t *n, struct err *);

/* Call inside a transaction. */
MUST_USE int	audit_put(struct db *, const struct audit *, struct err *);

/*
 * An insert that may meet a row with the same unique key, as a transaction with the
 * operator's row: 1 inserted, 0 there already, -1.
 */
MUST_USE int	audit_insert(struct store *, enum stmt, const struct param *, size_t n,
		    const char *event, uint64_t object_id, struct view detail, struct err *);

#endif
