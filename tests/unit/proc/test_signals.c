/* SPDX-License-Identifier: BSD-2-Clause */
/* proc/signals: signals are events, and never run a library's handler (design.md 1). */
#include "proc/signals.h"
#include "proc/role.h"
#include "tap.h"

#include <sys/wait.h>
#include <unistd.h>

static const int list[] = { SIGTERM, SIGUSR1, 0 };
static unsigned seen[65];
static unsigned handled;

static void
on_signal(void *arg, int signo)
{
	unsigned *count = arg;

	count[signo]++;
}

static void
handler(int signo UNUSED)
{
	handled++;
}

/* In a child: is SIGTERM deadly again, and SIGPIPE? */
static bool
dies_of(int signo)
{
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		signals_reset();
		(void)raise(signo);
		_exit(0);
	}
	return waitpid(pid, &status, 0) == pid && WIFSIGNALED(status) &&
	    WTERMSIG(status) == signo;
}

int
main(void)
{
	struct loop *loop = loop_new();
	struct signals *s;
	struct err err;
	struct conf conf = { .user_web = "w", .user_va = "v", .user_sign = "s" };

	/* Under nohup(1) it is ignored from the start. */
	(void)signal(SIGHUP, SIG_DFL);
	/* libfcgi has a handler for SIGUSR1. */
	(void)signal(SIGUSR1, handler);
	tap_ok(signals_open(loop, list, on_signal, seen, &s, &err) == 0, "opened");
	(void)raise(SIGUSR1);
	loop_run_once(loop, 10000);
	tap_is_int(seen[SIGUSR1], 1, "a signal of the list is told by the loop");
	tap_is_int(handled, 0, "a handler that somebody else set does not run");
	(void)raise(SIGTERM);
	loop_run_once(loop, 10000);
	tap_ok(seen[SIGTERM] == 1 && seen[SIGUSR1] == 1, "each is told apart");
	(void)raise(SIGPIPE);
	tap_ok(true, "SIGPIPE is ignored");
	tap_ok(dies_of(SIGPIPE) && dies_of(SIGHUP), "a child starts with none of that");
	tap_ok(!dies_of(SIGTERM) && !dies_of(SIGUSR1),
	    "but what its program will wait for does not end it before");
	signals_close(s);
	signals_close(NULL);
	loop_free(loop);

	tap_ok(strcmp(role_user(&conf, ROLE_RESPONDER), "w") == 0 &&
	    strcmp(role_user(&conf, ROLE_VALIDATOR), "v") == 0 &&
	    strcmp(role_user(&conf, ROLE_SIGNER), "s") == 0,
	    "each role has the user of its key in the configuration");
	tap_ok(roles[ROLE_RESPONDER].listens && !roles[ROLE_VALIDATOR].listens &&
	    !roles[ROLE_SIGNER].listens, "only responders get the socket");
	return tap_done();
}
