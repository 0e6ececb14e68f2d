/* SPDX-License-Identifier: BSD-2-Clause */
/* housekeeping: what a timer does every hour. */
#include "ctl/ctl.h"
#include "policy/lockout.h"
#include "store/answer.h"
#include "store/limit.h"
#include "store/login.h"
#include "store/nonces.h"
#include "store/partition.h"

/* Tell of n partitions, unless there were none. */
static void
say(struct ctl *c, const char *did, unsigned n)
{
	if (n != 0)
		out_did(&c->out, did, arena_printf(c->arena, "%u partition%s", n,
		    n == 1 ? "" : "s"));
}

int
ctl_housekeeping(struct ctl *c, struct err *err)
{
	int64_t now = clk_now(c->clk);
	struct partition_work work;
	int rc;

	if (ctl_args(c, 0, err) != 0 || ctl_open(c, err) != 0)
		return -1;
	if (answers_forget(c->store.db, now - ANSWER_TTL_S, err) != 0 ||
	    limits_forget(c->store.db, now * 1000, err) != 0 ||
	    logins_forget(c->store.db, now - LOCKOUT_TRUST_S, now - LOCKOUT_MAX_S,
	    now - LOCKOUT_WINDOW_S, err) != 0 ||
	    (rc = nonces_forget(c->store.db, now, err)) < 0)
		return -1;
	out_did(&c->out, rc == 1 ? "forgot" : "left", rc == 1 ? "nonces of hours past" :
	    "nonces as they are: the hour begins or ends");
	rc = partitions_tend(c->store.db, now, &work, err);
	say(c, "made", work.made);
	say(c, "dropped", work.dropped);
	return rc;
}
