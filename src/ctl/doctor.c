/* SPDX-License-Identifier: BSD-2-Clause */
/* doctor: invariants that no constraint of the database can hold. */
#include "ctl/ctl.h"

#define STUCK_S	600	/* work that is older was forgotten by somebody */

static const struct {
	const char	*what;
	enum stmt	 stmt;
	bool		 before;	/* takes a time: what is older is stuck, or over */
} checks[] = {
	{ "balances are the sums of their ledgers", STMT_DOCTOR_BALANCE, false },
	{ "transactions moved the money that they say", STMT_DOCTOR_TRANSACTIONS, false },
	{ "idempotency keys have their answers", STMT_DOCTOR_ANSWERS, false },
	{ "authorizations have their order", STMT_DOCTOR_AUTHZ_ORPHANS, false },
	{ "pending orders count their authorizations right", STMT_DOCTOR_AUTHZ_LEFT, false },
	{ "valid orders have their certificate", STMT_DOCTOR_ORDER_CERTS, false },
	{ "certificates have their bytes", STMT_DOCTOR_CERT_DERS, false },
	{ "certificates have their serial, used once", STMT_DOCTOR_CERT_SERIALS, false },
	{ "certificates of compromised keys are revoked", STMT_DOCTOR_BLOCKED_KEYS, true },
	{ "no job is stuck", STMT_DOCTOR_STUCK_JOBS, true },
	{ "no order is stuck in processing", STMT_DOCTOR_STUCK_ORDERS, true },
};

int
ctl_doctor(struct ctl *c, struct err *err)
{
	static const struct column cols[] = { { "n", COL_U64, 0 } };
	struct param before = P_I(clk_now(c->clk) - STUCK_S);
	uint64_t bad = 0, n;
	size_t i;

	if (ctl_args(c, 0, err) != 0 || ctl_open(c, err) != 0)
		return -1;
	jsonw_open_array(&c->out.w);
	for (i = 0; i < NITEMS(checks); i++) {
		if (db_row(c->store.db, checks[i].stmt, &before, checks[i].before ? 1 : 0,
		    cols, 1, &n, c->arena, err) != 1)
			return -1;
		jsonw_open(&c->out.w);
		jsonw_kv_cstr(&c->out.w, "result", n == 0 ? "ok" : "WRONG");
		jsonw_kv_int(&c->out.w, "wrong", (int64_t)n);
		jsonw_kv_cstr(&c->out.w, "check", checks[i].what);
		jsonw_close(&c->out.w);
		bad += n;
	}
	jsonw_close_array(&c->out.w);
	return bad == 0 ? 0 : err_set(err, ERR_CONFLICT, "something is wrong");
}
