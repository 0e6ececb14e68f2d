/* SPDX-License-Identifier: BSD-2-Clause */
/* proc/legacy: children that outlive a caasd that was killed (design.md 1). */
#include "proc/legacy.h"
#include "base/log.h"
#include "tap.h"

#include <errno.h>
#include <signal.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

static char dir[] = "/tmp/caas-legacy.XXXXXX";
static struct loop *loop;
static pid_t gone;	/* who was last said to have ended */

static pid_t
child(void)
{
	pid_t pid = fork();

	if (pid == 0) {
		/* Ends by SIGTERM, or by itself when the test is gone. */
		(void)alarm(60);
		for (;;)
			(void)pause();
	}
	return pid;
}

/* How it ended: its signal, or 0 when it still runs. */
static int
ended_by(pid_t pid, int flags)
{
	int status;

	return waitpid(pid, &status, flags) == pid && WIFSIGNALED(status) ?
	    WTERMSIG(status) : 0;
}

static void
put(const char *text)
{
	char path[64];
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s/pool", dir);
	if ((f = fopen(path, "w")) == NULL || fputs(text, f) < 0 || fclose(f) != 0)
		abort();
}

static void
on_gone(void *arg UNUSED, pid_t pid)
{
	gone = pid;
}

/* How many of the file still run. */
static size_t
found(void)
{
	struct legacy *l = legacy_read(loop, dir, on_gone, NULL);
	pid_t pids[8];
	size_t n = legacy_pids(l, pids, NITEMS(pids));

	legacy_free(l);
	return n;
}

static void
test_ends(void)
{
	pid_t ours[2] = { child(), child() }, other = child(), left[2];
	struct legacy *l;
	unsigned i;

	legacy_write(dir, ours, 2);
	l = legacy_read(loop, dir, on_gone, NULL);
	tap_is_int((long)legacy_pids(l, left, 2), 2, "children that were written down are found");
	tap_ok(ended_by(ours[0], WNOHANG) == 0, "and run on until their successors are up");
	(void)kill(ours[0], SIGKILL);
	for (i = 0; gone == 0 && i < 100; i++)
		loop_run_once(loop, 100);
	tap_ok(gone == ours[0], "the end of one is told");
	tap_ok(legacy_pids(l, left, 2) == 1 && left[0] == ours[1], "and the other is left");
	legacy_signal(l, SIGTERM);
	tap_is_int(ended_by(ours[1], 0), SIGTERM, "a signal reaches it");
	tap_is_int(ended_by(ours[0], 0), SIGKILL, "only");
	tap_is_int(ended_by(other, WNOHANG), 0, "nobody else gets one");
	legacy_free(l);
	tap_ok(found() == 0, "of children that are gone none are left");
	(void)kill(other, SIGKILL);
	(void)ended_by(other, 0);
}

static void
test_numbers(void)
{
	char line[100];
	pid_t other = child();

	(void)snprintf(line, sizeof(line), "%ld 1\n", (long)other);
	put(line);
	tap_ok(found() == 0,
	    "a process that only got the same number is left alone");
	(void)snprintf(line, sizeof(line), "%ld 0\n", (long)other);
	put(line);
	tap_ok(found() == 0, "so is one whose start was not known");
	(void)kill(other, SIGKILL);
	(void)ended_by(other, 0);
}

static const struct {
	const char	*rule;
	const char	*text;
} files[] = {
	{ "an empty file", "" },
	{ "an empty line", "\n" },
	{ "no start", "1\n" },
	{ "no number", "x y\n" },
	{ "every process", "-1 1\n" },
	{ "our group", "0 0\n" },
	{ "a number over those of processes", "99999999999 1\n" },
	{ "a line that was cut", "1 2" },
};

/* Debian 12 has it; valgrind 3.19 does not let a program call it. */
static bool
knows_pidfd(void)
{
	int fd = pidfd_open(getpid(), 0);

	if (fd < 0 && errno == ENOSYS)
		return false;
	(void)close(fd);
	return true;
}

int
main(void)
{
	char path[64];
	size_t i;

	if (mkdtemp(dir) == NULL)
		return 99;
	log_level(LOG_EMERG);
	if ((loop = loop_new()) == NULL)
		return 99;
	tap_ok(found() == 0, "no file: nobody");
	if (knows_pidfd())
		test_ends();
	else
		tap_skip("valgrind knows no pidfd_open", "children that outlive their caasd");
	test_numbers();
	for (i = 0; i < NITEMS(files); i++) {
		put(files[i].text);
		tap_ok(found() == 0, "%s: nobody", files[i].rule);
	}
	legacy_free(NULL);
	loop_free(loop);
	(void)snprintf(path, sizeof(path), "%s/pool", dir);
	(void)unlink(path);
	tap_ok(rmdir(dir) == 0, "no half-written file is left");
	return tap_done();
}
