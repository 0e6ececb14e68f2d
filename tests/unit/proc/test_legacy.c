/* SPDX-License-Identifier: BSD-2-Clause */
/* proc/legacy: children that outlive a caasd that was killed (design.md 1). */
#include "proc/legacy.h"
#include "base/log.h"
#include "tap.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static char dir[] = "/tmp/caas-legacy.XXXXXX";

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
test_ends(void)
{
	pid_t ours[2] = { child(), child() }, other = child();
	struct legacy *l;

	legacy_write(dir, ours, 2);
	tap_ok((l = legacy_read(dir)) != NULL, "children that were written down are found");
	tap_ok(ended_by(ours[0], WNOHANG) == 0, "and run on until their successors are up");
	legacy_end(l);
	tap_is_int(ended_by(ours[0], 0), SIGTERM, "then the first ends");
	tap_is_int(ended_by(ours[1], 0), SIGTERM, "and the second");
	tap_is_int(ended_by(other, WNOHANG), 0, "nobody else does");
	tap_ok(legacy_read(dir) == NULL, "of children that are gone none are left");
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
	tap_ok(legacy_read(dir) == NULL,
	    "a process that only got the same number is left alone");
	(void)snprintf(line, sizeof(line), "%ld 0\n", (long)other);
	put(line);
	tap_ok(legacy_read(dir) == NULL, "so is one whose start was not known");
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

int
main(void)
{
	char path[64];
	size_t i;

	if (mkdtemp(dir) == NULL)
		return 99;
	log_level(LOG_EMERG);
	tap_ok(legacy_read(dir) == NULL, "no file: nobody");
	legacy_end(NULL);
	test_ends();
	test_numbers();
	for (i = 0; i < NITEMS(files); i++) {
		put(files[i].text);
		tap_ok(legacy_read(dir) == NULL, "%s: nobody", files[i].rule);
	}
	legacy_free(NULL);
	(void)snprintf(path, sizeof(path), "%s/pool", dir);
	(void)unlink(path);
	tap_ok(rmdir(dir) == 0, "no half-written file is left");
	return tap_done();
}
