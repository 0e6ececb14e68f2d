/* SPDX-License-Identifier: BSD-2-Clause */
/* auth/places: as many holders as there are places, and what a rest means. */
#include "auth/places.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "tap.h"

static void
test_take(const char *dir)
{
	struct places *a, *b, *c;
	struct err err = ERR_INIT;

	if (places_open(dir, "two", 2, &a, &err) != 0 ||
	    places_open(dir, "two", 2, &b, &err) != 0 ||
	    places_open(dir, "two", 2, &c, &err) != 0) {
		tap_ok(false, "open: %s", err.inner);
		return;
	}
	tap_ok(places_take(a, false) && places_take(b, false), "two take two places");
	tap_ok(!places_take(c, false), "a third does not");
	tap_ok(places_take(a, false), "who has one keeps it");
	places_leave(a, 0);
	tap_ok(places_take(c, false), "one that was left");
	tap_ok(!places_take(a, true), "hurry does not help when all are taken");
	places_leave(b, 9000);
	places_leave(b, 0);
	tap_ok(!places_take(a, false), "nobody takes one that rests");
	tap_ok(places_take(a, true), "but who is in a hurry");
	places_close(a);
	tap_ok(!places_take(b, false), "it still rests once that one has ended");
	places_close(b);
	places_close(c);
}

static void
test_rest_ends(const char *dir)
{
	struct places *a;
	struct err err = ERR_INIT;
	int64_t began = mono_ms();

	if (places_open(dir, "one", 1, &a, &err) != 0) {
		tap_ok(false, "open: %s", err.inner);
		return;
	}
	tap_ok(places_take(a, false), "a place");
	places_leave(a, 30);
	while (!places_take(a, false) && mono_ms() - began < tap_ms(5000))
		(void)usleep(1000);
	tap_ok(mono_ms() - began >= 30, "is free after its rest, not before");
	tap_ok(mono_ms() - began < tap_ms(5000), "and soon");
	places_close(a);
}

/* The place of a process that is killed. */
static void
test_kill(const char *dir)
{
	struct places *a, *b;
	struct err err = ERR_INIT;
	int ready[2], status;
	char c = 0;
	pid_t pid;

	if (places_open(dir, "kill", 1, &a, &err) != 0 || pipe(ready) != 0 ||
	    (pid = fork()) < 0) {
		tap_ok(false, "start: %s", err.inner);
		return;
	}
	if (pid == 0) {
		if (places_open(dir, "kill", 1, &b, &err) != 0 || !places_take(b, false))
			_exit(1);
		(void)!write(ready[1], "x", 1);
		(void)pause();
		_exit(0);
	}
	tap_ok(read(ready[0], &c, 1) == 1 && !places_take(a, true), "taken by another process");
	(void)kill(pid, SIGKILL);
	(void)waitpid(pid, &status, 0);
	tap_ok(places_take(a, false), "and left by its death");
	places_close(a);
	(void)close(ready[0]);
	(void)close(ready[1]);
}

int
main(void)
{
	static const char *const files[] = { "two-1", "two-2", "one-1", "kill-1" };
	char dir[] = "/tmp/caas-places.XXXXXX", path[64];
	bool gone = true;
	size_t i;

	if (mkdtemp(dir) == NULL)
		return 1;
	test_take(dir);
	test_rest_ends(dir);
	test_kill(dir);
	for (i = 0; i < NITEMS(files); i++) {
		(void)snprintf(path, sizeof(path), "%s/%s.lock", dir, files[i]);
		gone &= unlink(path) == 0;
	}
	tap_ok(gone && rmdir(dir) == 0, "a file for each place, and no more");
	return tap_done();
}
