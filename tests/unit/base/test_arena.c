/* SPDX-License-Identifier: BSD-2-Clause */
/* Memory that dies together: alignment, zeroes, destructors. */
#include <signal.h>
#include <stdalign.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "tap.h"

struct calls {
	struct arena	*arena;
	char		 order[8];
	size_t		 n;
};

struct call {
	struct calls	*calls;
	char		 name;
};

static bool
all_zero(const unsigned char *p, size_t n)
{
	while (n != 0 && p[n - 1] == 0)
		n--;
	return n == 0;
}

static void
test_alloc(void)
{
	static const size_t sizes[] = { 0, 1, 7, 16, 17, 1000, 16 * 1024 - 1,
	    16 * 1024, 16 * 1024 + 1, 1000000 };
	struct arena *a = arena_new();
	unsigned char *p;
	bool aligned = true, zeroed = true;
	size_t i, round;

	for (round = 0; round < 3; round++) {
		for (i = 0; i < NITEMS(sizes); i++) {
			p = arena_alloc(a, sizes[i]);
			aligned &= (uintptr_t)p % alignof(max_align_t) == 0;
			zeroed &= all_zero(p, sizes[i]);
			memset(p, 0xa5, sizes[i]);
		}
		arena_reset(a);
	}
	tap_ok(aligned, "alloc: aligned for any type");
	tap_ok(zeroed, "alloc: zeroed, also what was used before the reset");
	arena_free(a);
	arena_free(NULL);
}

/* What was handed out stays apart, whatever comes later. */
static void
test_apart(void)
{
	struct arena *a = arena_new();
	unsigned char *p[2000];
	size_t i, bad = 0;

	for (i = 0; i < NITEMS(p); i++) {
		p[i] = arena_alloc(a, i % 97 + 1);
		memset(p[i], (int)(i & 0xff), i % 97 + 1);
	}
	for (i = 0; i < NITEMS(p); i++)
		bad += p[i][0] != (i & 0xff) || p[i][i % 97] != (i & 0xff);
	tap_is_int((int64_t)bad, 0, "alloc: no two overlap");
	arena_free(a);
}

static void
test_text(void)
{
	struct arena *a = arena_new();
	char *s, big[5000];
	struct view v;

	s = arena_str(a, VIEW("abc"));
	tap_ok(strcmp(s, "abc") == 0, "str: a copy that ends in NUL");
	tap_ok(arena_str(a, VIEW_NONE)[0] == '\0', "str: of nothing is empty");
	v = arena_view(a, VIEW("a\0b"));
	tap_is_view(v, VIEW("a\0b"), "view: a NUL inside is copied");
	tap_ok(v.p[v.n] == '\0', "view: ends in NUL");
	v = arena_view(a, VIEW_NONE);
	tap_ok(v.n == 0 && v.p[0] == '\0', "view: of nothing is empty");
	memset(big, 'x', sizeof(big) - 1);
	big[sizeof(big) - 1] = '\0';
	s = arena_printf(a, "%s%d", big, 7);
	tap_ok(strlen(s) == sizeof(big) && s[sizeof(big) - 1] == '7',
	    "printf: as long as it gets");
	arena_free(a);
}

static void
note(void *p)
{
	struct call *c = p;
	struct calls *calls = c->calls;

	if (calls->n < sizeof(calls->order) - 1)
		calls->order[calls->n++] = c->name;
}

/* A destructor may use the arena and defer again. */
static void
defer_again(void *p)
{
	struct call *c = p;
	struct call *more = arena_alloc(c->calls->arena, sizeof(*more));

	note(c);
	*more = (struct call){ c->calls, 'z' };
	arena_defer(c->calls->arena, note, more);
}

static void
test_defer(void)
{
	struct calls calls = { .arena = arena_new() };
	struct call a = { &calls, 'a' }, b = { &calls, 'b' }, c = { &calls, 'c' };

	arena_defer(calls.arena, note, &a);
	arena_defer(calls.arena, note, &b);
	arena_defer(calls.arena, note, &c);
	tap_is_view(view_of(calls.order), VIEW(""), "defer: nothing runs before the reset");
	arena_reset(calls.arena);
	tap_is_view(view_of(calls.order), VIEW("cba"), "defer: newest first");
	arena_reset(calls.arena);
	tap_is_view(view_of(calls.order), VIEW("cba"), "defer: once only");
	arena_defer(calls.arena, note, &a);
	arena_defer(calls.arena, defer_again, &b);
	arena_free(calls.arena);
	tap_is_view(view_of(calls.order), VIEW("cbabza"),
	    "defer: what a destructor defers runs too, in the same reset");
}

static void
array_overflow(struct arena *a)
{
	(void)arena_array(a, SIZE_MAX / 8 + 2, 8);
}

static void
alloc_overflow(struct arena *a)
{
	(void)arena_alloc(a, SIZE_MAX - 3);
}

static bool
aborts(void (*fn)(struct arena *))
{
	const struct rlimit no_core = { 0, 0 };
	int status = 0;
	pid_t pid;

	if ((pid = fork()) == 0) {
		(void)setrlimit(RLIMIT_CORE, &no_core);
		(void)close(STDERR_FILENO);
		fn(arena_new());
		_exit(0);
	}
	return pid > 0 && waitpid(pid, &status, 0) == pid &&
	    WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static void
test_limits(void)
{
	struct arena *a = arena_new();

	tap_ok(arena_array(a, 0, 0) != NULL, "array: of nothing");
	tap_ok(all_zero(arena_array(a, 100, 24), 2400), "array: zeroed");
	tap_ok(aborts(array_overflow), "array: an overflow ends the process");
	tap_ok(aborts(alloc_overflow), "alloc: an overflow ends the process");
	arena_free(a);
}

int
main(void)
{
	test_alloc();
	test_apart();
	test_text();
	test_defer();
	test_limits();
	return tap_done();
}
