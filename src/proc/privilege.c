/* SPDX-License-Identifier: BSD-2-Clause */
/* Users, capabilities, no_new_privs. */
#include "proc/privilege.h"

#include <cap-ng.h>
#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <unistd.h>

int
privilege_find(const char *user, struct privilege *p, struct err *err)
{
	const struct passwd *pw;

	errno = 0;
	if ((pw = getpwnam(user)) == NULL)
		return err_internal(err, "user %s: %s", user,
		    errno != 0 ? strerror(errno) : "there is none of that name");
	*p = (struct privilege){ user, pw->pw_uid, pw->pw_gid };
	return 0;
}

int
privilege_limit(struct err *err)
{
	capng_clear(CAPNG_SELECT_BOTH);
	if (capng_updatev(CAPNG_ADD,
	    (capng_type_t)(CAPNG_EFFECTIVE | CAPNG_PERMITTED | CAPNG_BOUNDING_SET),
	    CAP_SETUID, CAP_SETGID, CAP_KILL, CAP_CHOWN, -1) != 0 ||
	    capng_apply(CAPNG_SELECT_BOTH) != 0)
		return err_internal(err, "capabilities: %s", strerror(errno));
	return 0;
}

int
privilege_drop(const struct privilege *p, struct err *err)
{
	if (p != NULL && (initgroups(p->user, p->gid) != 0 ||
	    setresgid(p->gid, p->gid, p->gid) != 0 ||
	    setresuid(p->uid, p->uid, p->uid) != 0))
		return err_internal(err, "becoming %s: %s", p->user, strerror(errno));
	/* It must not be possible to come back. */
	if (p != NULL && p->uid != 0 && setuid(0) == 0)
		return err_internal(err, "becoming %s did not last", p->user);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return err_internal(err, "no_new_privs: %s", strerror(errno));
	return 0;
}
