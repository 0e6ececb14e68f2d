/* SPDX-License-Identifier: BSD-2-Clause */
/* The table of roles. */
#include "proc/role.h"

const struct role roles[ROLE__MAX] = {
	[ROLE_RESPONDER] = { "caas-responder", offsetof(struct conf, user_web), true, false },
	[ROLE_VALIDATOR] = { "caas-validator", offsetof(struct conf, user_va), false, true },
	[ROLE_SIGNER]	 = { "caas-signer", offsetof(struct conf, user_sign), false, false },
};

const char *
role_name(enum role_kind kind)
{
	return roles[kind].program + sizeof("caas-") - 1;
}

const char *
role_user(const struct conf *conf, enum role_kind kind)
{
	return *(const char *const *)(const void *)
	    ((const char *)conf + roles[kind].user);
}
