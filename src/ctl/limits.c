/* SPDX-License-Identifier: BSD-2-Clause */
/* limits show, limits unpause. */
#include "ctl/ctl.h"

#include "policy/limitreport.h"
#include "store/account.h"
#include "store/limit.h"

/* ACCOUNT is its URL, or the last part of it. */
static int
find_account(struct ctl *c, const char *text, uint64_t *id, struct err *err)
{
	const char *slash = strrchr(text, '/');
	struct account acct;
	int rc;

	rc = account_get(c->store.db, c->arena, view_of(slash != NULL ? slash + 1 : text),
	    &acct, err);
	if (rc == 0)
		return ctl_usage(err, "there is no account %s", text);
	*id = acct.id;
	return rc < 0 ? -1 : 0;
}

int
ctl_limits_show(struct ctl *c, struct err *err)
{
	struct limit_state orders, pending, *names;
	uint64_t id;
	size_t n;

	if (ctl_args(c, 1, err) != 0 || ctl_open(c, err) != 0 ||
	    find_account(c, c->argv[0], &id, err) != 0 ||
	    limit_get(c->store.db, c->arena, id, LIMIT_ORDERS, VIEW(""), &orders, err) != 0 ||
	    limit_get(c->store.db, c->arena, id, LIMIT_PENDING, VIEW(""), &pending, err) != 0 ||
	    limit_failing(c->store.db, c->arena, id, &names, &n, err) != 0)
		return -1;
	limitreport_put(&c->out.w, c->conf, &(const struct limitreport){
	    clk_now(c->clk), &orders, &pending, names, n });
	return 0;
}

int
ctl_limits_unpause(struct ctl *c, struct err *err)
{
	uint64_t id;
	int rc;

	if (ctl_args(c, 2, err) != 0 || ctl_open(c, err) != 0 ||
	    find_account(c, c->argv[0], &id, err) != 0 ||
	    (rc = limit_unpause_name(&c->store, id, view_of(c->argv[1]), err)) < 0)
		return -1;
	if (rc == 0)
		return ctl_usage(err, "nothing is known of %s in this account", c->argv[1]);
	out_did(&c->out, "forgot", arena_printf(c->arena, "failed validations of %s", c->argv[1]));
	return 0;
}
