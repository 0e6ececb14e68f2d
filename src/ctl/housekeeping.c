/* SPDX-License-Identifier: BSD-2-Clause */
/* housekeeping: what a timer does every hour. */
#include "ctl/ctl.h"
#include "store/answer.h"
#include "store/limit.h"
#include "store/nonces.h"

int
ctl_housekeeping(struct ctl *c, struct err *err)
{
	int rc;

	if (ctl_args(c, 0, err) != 0 || ctl_open(c, err) != 0)
		return -1;
	if (answers_forget(c->store.db, clk_now(c->clk) - ANSWER_TTL_S, err) != 0 ||
	    limits_forget(c->store.db, clk_now(c->clk) * 1000, err) != 0 ||
	    (rc = nonces_forget(c->store.db, clk_now(c->clk), err)) < 0)
		return -1;
	out_did(&c->out, rc == 1 ? "forgot" : "left", rc == 1 ? "nonces of hours past" :
	    "nonces as they are: the hour begins or ends");
	return 0;
}
