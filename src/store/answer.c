/* SPDX-License-Identifier: BSD-2-Clause */
/* Answers that are kept. */
#include "store/answer.h"

#define FORGET_ROWS	10000	/* a statement; as it says */

struct tx_once
answer_once(const struct answer *a, struct param params[ANSWER_PARAMS])
{
	params[0] = (struct param)P_U(a->reseller_id);
	params[1] = (struct param)P_T(a->idempotency_key);
	params[2] = (struct param)P_U(a->id);
	params[3] = (struct param)P_B(view_from(a->params_sha256, sizeof(a->params_sha256)));
	params[4] = (struct param)P_I(a->created_at);
	return (struct tx_once){ .put = STMT_ANSWER_PUT, .find = STMT_ANSWER_FIND,
	    .params = params, .nparams = ANSWER_PARAMS, .taken = ERR_CONFLICT,
	    .taken_text = "the key is another call's" };
}

int
answer_keep(struct db *db, const struct answer *a, struct err *err)
{
	return db_exec(db, STMT_ANSWER_KEEP, PARAMS(P_B(a->body), P_U(a->body_key_version),
	    P_U(a->reseller_id), P_T(a->idempotency_key)), NULL, err);
}

int
answer_get(struct db *db, struct arena *arena, struct answer *a, struct err *err)
{
	static const struct column columns[] = {
		COLUMN(answer, params_sha256, COL_B32, uint8_t[32]),
		COLUMN(answer, body, COL_VIEW, struct view),
		COLUMN(answer, body_key_version, COL_ENUM, unsigned),
	};

	return db_row(db, STMT_ANSWER_GET, PARAMS(P_U(a->reseller_id),
	    P_T(a->idempotency_key)), columns, NITEMS(columns), a, arena, err);
}

int
answers_forget(struct db *db, int64_t before, struct err *err)
{
	uint64_t rows;

	do {
		if (db_exec(db, STMT_ANSWERS_FORGET, PARAMS(P_I(before)), &rows, err) != 0)
			return -1;
	} while (rows == FORGET_ROWS);
	return 0;
}
