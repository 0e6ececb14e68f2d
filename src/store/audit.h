/* SPDX-License-Identifier: BSD-2-Clause */
/* audit: append-only rows, written in the transaction that they tell of. */
#ifndef CAAS_STORE_AUDIT_H
#define CAAS_STORE_AUDIT_H

#include "store/db.h"

struct audit {
	uint64_t	 id;		/* from the writer, made before the transaction */
	int64_t		 at;
	struct view	 actor;		/* "account ID", "reseller NAME", "signer", ... */
	const char	*event;		/* "order.finalize" */
	uint64_t	 object_id;
	struct view	 detail;
};

/* Call inside a transaction. */
MUST_USE int	audit_put(struct db *, const struct audit *, struct err *);

#endif
