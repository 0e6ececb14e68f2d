/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * privilege: giving up what a process does not need (design.md 1).
 */
#ifndef CAAS_PROC_PRIVILEGE_H
#define CAAS_PROC_PRIVILEGE_H

#include "base/err.h"

#include <sys/types.h>

/* A unix user; looked up while it can be. */
struct privilege {
	const char	*user;
	uid_t		 uid;
	gid_t		 gid;
};

MUST_USE int	privilege_find(const char *user, struct privilege *, struct err *);
/* Keep CAP_SETUID, SETGID, KILL and CHOWN only, for us and all that we start. */
MUST_USE int	privilege_limit(struct err *);
/*
 * Become that user for good, with its groups, no capabilities and no_new_privs.
 * p NULL: stay who we are, but with no_new_privs.
 */
MUST_USE int	privilege_drop(const struct privilege *p, struct err *);

#endif
