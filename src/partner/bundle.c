/* SPDX-License-Identifier: BSD-2-Clause */
/* ADDBUNDLE, CANCELSUBSCRIPTION (partner-api 4.13, 4.14): subscriptions here are billed by name. */
#include "partner/actions.h"

#include "partner/args.h"
#include "wire/partner_error.h"

/* Nobody has the right to bundles; whose binding it is is told first. */
static int
refuse(struct call *c, struct view account, struct err *err)
{
	struct binding binding;

	if (args_binding(c, account, &binding, err) != 0)
		return -1;
	return partner_error(err, E10);
}

static int
check_count(struct view type, struct view count, struct err *err)
{
	uint64_t n;
	bool wildcard = view_is(type, "wildcard");

	if (!wildcard && !view_is(type, "fqdn"))
		return partner_error_arg(err, E3, VIEW("domainType"));
	if (view_u64(count, 10, &n) != 0 ||
	    (n != 1 && n != 3 && n != 5 && (n != 10 || wildcard)))
		return partner_error_arg(err, E3, VIEW("numberOfDomains"));
	return 0;
}

int
action_add_bundle(struct call *c, struct err *err)
{
	if (check_count(c->values[ADD_BUNDLE_TYPE], c->values[ADD_BUNDLE_COUNT], err) != 0)
		return -1;
	return refuse(c, c->values[ADD_BUNDLE_ACCOUNT], err);
}

int
action_cancel_subscription(struct call *c, struct err *err)
{
	return refuse(c, c->values[CANCEL_SUBSCRIPTION_ACCOUNT], err);
}
