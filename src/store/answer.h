/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * answer: the first answer to a call with an Idempotency-Key
 * (draft-ietf-httpapi-idempotency-key-header), by reseller and key.  Its row is taken
 * first and the answer written into it last, both in the transaction of the change: a
 * key has an answer if, and only if, its call was done.
 */
#ifndef CAAS_STORE_ANSWER_H
#define CAAS_STORE_ANSWER_H

#include "store/store.h"

#define ANSWER_TTL_S		((int64_t)24 * 60 * 60)
#define ANSWER_KEY_MAX		128	/* bytes */
#define ANSWER_PARAMS		5	/* of its statements */

struct answer {
	uint64_t	reseller_id;
	struct view	idempotency_key;
	uint64_t	id;			/* of this call, from the writer */
	uint8_t		params_sha256[32];	/* of what the call asks for */
	int64_t		created_at;
	struct view	body;			/* wrapped */
	unsigned	body_key_version;
};

/* What takes the key: ERR_CONFLICT when another call has it.  params must outlive it. */
struct tx_once	answer_once(const struct answer *, struct param params[ANSWER_PARAMS]);
/* Inside that transaction, last: keep body and body_key_version. */
MUST_USE int	answer_keep(struct db *, const struct answer *, struct err *);
/* By reseller_id and idempotency_key; fills the rest but id and created_at: 1, 0, -1. */
MUST_USE int	answer_get(struct db *, struct arena *, struct answer *, struct err *);
/* As caas_admin: forget those of before. */
MUST_USE int	answers_forget(struct db *, int64_t before, struct err *);

#endif
