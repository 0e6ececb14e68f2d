/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does the time of a comparison tell how much of a secret was guessed right (SEC-11)?
 * A child compares; its parent counts the instructions that it takes.
 */
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <signal.h>
#include <unistd.h>

#include "crypto/digest.h"

#include "tap.h"

#define SECRET_LEN	64
#define STEPS_MAX	100000

typedef bool (*equal_fn)(struct view, struct view);

/* What a clock sees through: it stops at the first difference. */
static bool
hasty_equal(struct view a, struct view b)
{
	size_t i;

	for (i = 0; i < a.n; i++)
		if (a.p[i] != b.p[i])
			return false;
	return true;
}

static void
compare(equal_fn equal, struct view a, struct view b)
{
	volatile bool same;

	if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0)
		_exit(1);
	(void)raise(SIGSTOP);
	same = equal(a, b);
	(void)same;
	(void)raise(SIGSTOP);
	_exit(0);
}

/* The instructions between the two stops; -1 where nobody may count them. */
static long
count(pid_t pid)
{
	long n;
	int status;

	if (waitpid(pid, &status, 0) != pid || !WIFSTOPPED(status))
		return -1;
	for (n = 0; n < STEPS_MAX; n++) {
		if (ptrace(PTRACE_SINGLESTEP, pid, NULL, NULL) != 0 ||
		    waitpid(pid, &status, 0) != pid || !WIFSTOPPED(status))
			return -1;
		if (WSTOPSIG(status) == SIGSTOP)
			return n;
		if (WSTOPSIG(status) != SIGTRAP)
			return -1;
	}
	return -1;
}

static long
instructions(equal_fn equal, struct view a, struct view b)
{
	pid_t pid = fork();
	long n;

	if (pid == 0)
		compare(equal, a, b);
	if (pid < 0)
		return -1;
	n = count(pid);
	(void)kill(pid, SIGKILL);
	(void)waitpid(pid, NULL, 0);
	return n;
}

static const struct {
	const char	*rule;
	size_t		 from, to;	/* of the bytes that differ */
} rows[] = {
	{ "the first byte differs", 0, 1 },
	{ "one in the middle", SECRET_LEN / 2, SECRET_LEN / 2 + 1 },
	{ "the last one", SECRET_LEN - 1, SECRET_LEN },
	{ "all of them", 0, SECRET_LEN },
};

int
main(void)
{
	static char secret[SECRET_LEN], guess[SECRET_LEN];
	struct view a = view_from(secret, SECRET_LEN), b = view_from(guess, SECRET_LEN);
	const char *preloaded = getenv("LD_PRELOAD");
	long right, hasty;
	size_t i, k;

	memset(secret, 's', sizeof(secret));
	memset(guess, 's', sizeof(guess));
	(void)secret_equal(a, b);	/* what is bound late is bound now */
	right = instructions(secret_equal, a, b);
	hasty = instructions(hasty_equal, a, b);
	if (right < 0 || hasty < 0 || (preloaded != NULL && strstr(preloaded, "vgpreload") != NULL)) {
		tap_skip("nobody counts instructions here", "SEC-11: constant time");
		return tap_done();
	}
	for (i = 0; i < NITEMS(rows); i++) {
		memset(guess, 's', sizeof(guess));
		for (k = rows[i].from; k < rows[i].to; k++)
			guess[k] = 'g';
		tap_is_int(instructions(secret_equal, a, b), right,
		    "SEC-11: as many instructions as for the right one: %s", rows[i].rule);
	}
	tap_ok(instructions(hasty_equal, a, b) < hasty, "a comparison in haste is found out");
	return tap_done();
}
