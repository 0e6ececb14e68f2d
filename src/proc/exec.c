/* SPDX-License-Identifier: BSD-2-Clause */
/* Between fork(2) and execve(2). */
#include "proc/exec.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/log.h"
#include "proc/ready.h"
#include "proc/signals.h"

#define READY_FD	3	/* what it is in the child */
#define EXIT_CANNOT	127

int
exec_prepare(struct exec_plan *plan, struct err *err)
{
	return geteuid() == 0 ?
	    privilege_find(role_user(plan->conf, plan->role), &plan->who, err) : 0;
}

/*
 * What a child inherits of our environment: nothing but what moves its clock and
 * finds its libraries.  Room is left for one more and the end.
 */
static char **
inherited(size_t *nout)
{
	static const char *const keep[] = {
		"LD_PRELOAD=", "LD_LIBRARY_PATH=", "FAKETIME", "PATH=", "TZ=",
		"ASAN_OPTIONS=", "UBSAN_OPTIONS=", "LSAN_OPTIONS=", "LLVM_PROFILE_FILE=",
	};
	extern char **environ;
	size_t i, k, n = 0;
	char **env;

	while (environ[n] != NULL)
		n++;
	if ((env = calloc(n + 2, sizeof(*env))) == NULL)
		return NULL;
	for (n = i = 0; environ[i] != NULL; i++)
		for (k = 0; k < NITEMS(keep); k++)
			if (view_starts(view_of(environ[i]), view_of(keep[k]))) {
				env[n++] = environ[i];
				break;
			}
	*nout = n;
	return env;
}

static int
give_descriptors(const struct exec_plan *plan)
{
	int fd = plan->stdin_fd >= 0 ? plan->stdin_fd : open("/dev/null", O_RDONLY | O_CLOEXEC);

	if (fd < 0 || dup2(fd, STDIN_FILENO) < 0)
		return -1;
	/* Onto itself dup2() would leave close-on-exec set. */
	if (plan->ready_fd == READY_FD)
		return fcntl(READY_FD, F_SETFD, 0);
	return plan->ready_fd < 0 ? 0 : dup2(plan->ready_fd, READY_FD) < 0 ? -1 : 0;
}

void
exec_become(const struct exec_plan *plan)
{
	const struct role *role = &roles[plan->role];
	char path[512], ready[32], *argv[8];
	size_t n = 0, nenv;
	char **env = inherited(&nenv);
	struct err err = ERR_INIT;

	signals_reset();
	(void)snprintf(path, sizeof(path), "%s/%s", plan->conf->libexec_dir, role->program);
	(void)snprintf(ready, sizeof(ready), READY_FD_VAR "=%d", READY_FD);
	argv[n++] = (char *)(uintptr_t)role->program;
	argv[n++] = (char *)(uintptr_t)"-c";
	argv[n++] = (char *)(uintptr_t)plan->conf_path;
	if (plan->check)
		argv[n++] = (char *)(uintptr_t)"-t";
	if (role->has_queue) {
		argv[n++] = (char *)(uintptr_t)"-q";
		argv[n++] = (char *)(uintptr_t)plan->queue;
	}
	argv[n] = NULL;
	if (env != NULL && plan->ready_fd >= 0)
		env[nenv] = ready;
	if (env != NULL && give_descriptors(plan) == 0 &&
	    privilege_drop(plan->who.user != NULL ? &plan->who : NULL, &err) == 0)
		(void)execve(path, argv, env);
	log_event(LOG_CRIT, "child.exec", LOGF_S("path", path),
	    LOGF_S("error", err.inner[0] != '\0' ? err.inner : strerror(errno)));
	_exit(EXIT_CANNOT);
}
