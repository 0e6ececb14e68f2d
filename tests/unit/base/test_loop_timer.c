/* SPDX-License-Identifier: BSD-2-Clause */
/* The timers of the loop: order, cancelling, setting again from callbacks. */
#include <signal.h>
#include <sys/time.h>

#include "base/clock.h"
#include "base/loop.h"
#include "base/random.h"
#include "tap.h"

#define MANY	10000
#define LONG_MS	(3600 * 1000)	/* never comes while the test runs */

struct many {
	struct loop		*loop;
	struct loop_timer	 timer[MANY];
	bool			 fired[MANY];
	int64_t			 last_at_ms;
	size_t			 nfired;
	size_t			 early;
	size_t			 disorder;
	size_t			 moved;
};

struct one {
	struct many	*all;
	size_t		 i;
};

static struct one ones[MANY];

static void
fire(void *arg)
{
	struct one *one = arg;
	struct many *all = one->all;
	int64_t at = all->timer[one->i].at_ms;

	all->early += mono_ms() < at;
	all->disorder += at < all->last_at_ms;
	all->last_at_ms = at;
	all->disorder += all->fired[one->i];
	all->fired[one->i] = true;
	all->nfired++;
}

/* Some callbacks cancel a timer, and move another out of the way and back. */
static void
fire_and_meddle(void *arg)
{
	struct one *one = arg;
	struct many *all = one->all;
	size_t other = (size_t)random_below(MANY);
	int64_t at = all->timer[other].at_ms;

	fire(arg);
	if (all->timer[other].heap_pos != 0 && at > mono_ms() + 2) {
		loop_timer_set(all->loop, &all->timer[other], LONG_MS);
		loop_timer_set(all->loop, &all->timer[other], 60);
		all->moved++;
	}
}

static struct many *
many_new(void (*fn)(void *))
{
	struct many *all = calloc(1, sizeof(*all));
	size_t i;

	if (all == NULL || (all->loop = loop_new()) == NULL)
		abort();
	for (i = 0; i < MANY; i++) {
		ones[i] = (struct one){ all, i };
		all->timer[i].fn = fn;
		all->timer[i].arg = &ones[i];
		loop_timer_set(all->loop, &all->timer[i], (int64_t)random_below(60));
	}
	return all;
}

static void
run_until(struct many *all, size_t nfired)
{
	int64_t end = mono_ms() + 30000;

	while (all->nfired < nfired && mono_ms() < end)
		loop_run_once(all->loop, 1000);
}

static void
many_free(struct many *all)
{
	loop_free(all->loop);
	free(all);
}

static void
test_many(void)
{
	struct many *all = many_new(fire);

	run_until(all, MANY);
	tap_is_int((int64_t)all->nfired, MANY, "10000 timers: all fire once");
	tap_is_int((int64_t)all->early, 0, "10000 timers: none early");
	tap_is_int((int64_t)all->disorder, 0, "10000 timers: in the order of their times");
	many_free(all);
}

static void
test_many_cancelled(void)
{
	struct many *all = many_new(fire);
	size_t i, cancelled = 0, wrong = 0;

	for (i = 0; i < MANY; i++)
		if (random_below(2) == 0) {
			loop_timer_cancel(all->loop, &all->timer[i]);
			loop_timer_cancel(all->loop, &all->timer[i]);
			cancelled++;
		}
	run_until(all, MANY - cancelled);
	loop_run_once(all->loop, 70);
	for (i = 0; i < MANY; i++)
		wrong += all->timer[i].heap_pos != 0;
	tap_is_int((int64_t)all->nfired, (int64_t)(MANY - cancelled),
	    "half cancelled: the other half fires");
	tap_is_int((int64_t)all->disorder, 0, "half cancelled: in order");
	tap_is_int((int64_t)wrong, 0, "half cancelled: none is left set");
	many_free(all);
}

static void
test_many_moved(void)
{
	struct many *all = many_new(fire_and_meddle);

	run_until(all, MANY);
	tap_is_int((int64_t)all->nfired, MANY, "moved in callbacks: all fire once");
	tap_is_int((int64_t)(all->early + all->disorder), 0,
	    "moved in callbacks: in order, none early");
	tap_ok(all->moved > 0, "moved in callbacks: some were");
	many_free(all);
}

struct pair {
	struct loop		*loop;
	struct loop_timer	 a, b;
	int			 na, nb;
	int64_t			 again_ms;
};

static void
kill_b(void *arg)
{
	struct pair *p = arg;

	p->na++;
	loop_timer_cancel(p->loop, &p->b);
}

static void
again(void *arg)
{
	struct pair *p = arg;

	p->na++;
	loop_timer_set(p->loop, &p->a, p->again_ms);
}

static void
count_b(void *arg)
{
	((struct pair *)arg)->nb++;
}

static void
test_callbacks(void)
{
	struct pair p = { .loop = loop_new(), .a = { .fn = kill_b }, .b = { .fn = count_b } };
	int64_t begun;

	p.a.arg = p.b.arg = &p;
	loop_timer_set(p.loop, &p.b, 1);
	loop_timer_set(p.loop, &p.a, 0);
	while (mono_ms() < p.b.at_ms)
		continue;
	loop_run_once(p.loop, 0);
	tap_ok(p.na == 1 && p.nb == 0,
	    "cancel in a callback: the other one, due in the same round");
	p.a.fn = again;
	p.again_ms = 5;
	loop_timer_set(p.loop, &p.a, 0);
	for (begun = mono_ms(); p.na < 4 && mono_ms() < begun + 5000;)
		loop_run_once(p.loop, 1000);
	tap_ok(p.na == 4 && mono_ms() >= begun + 10,
	    "reset in a callback: its own, again and again");
	tap_ok(p.a.heap_pos != 0, "reset in a callback: still set");
	p.again_ms = 0;
	loop_timer_set(p.loop, &p.b, 0);
	begun = mono_ms();
	loop_run_once(p.loop, 1000);
	loop_run_once(p.loop, 1000);
	tap_ok(p.nb == 1 && mono_ms() < begun + 1000,
	    "reset to no delay in a callback: neither holds the round nor starves others");
	loop_timer_cancel(p.loop, &p.a);
	tap_is_int((int64_t)p.a.heap_pos, 0, "cancel: not set any more");
	loop_free(p.loop);
}

static void
test_set(void)
{
	struct pair p = { .loop = loop_new(), .b = { .fn = count_b } };
	int64_t begun = mono_ms();

	p.b.arg = &p;
	loop_timer_cancel(p.loop, &p.b);
	tap_is_int((int64_t)p.b.heap_pos, 0, "cancel: harmless when it is not set");
	loop_timer_set(p.loop, &p.b, LONG_MS);
	loop_timer_set(p.loop, &p.b, 20);
	loop_run_once(p.loop, 10000);
	tap_ok(p.nb == 1 && mono_ms() >= begun + 20 && mono_ms() < begun + 5000,
	    "set again: moved to the front");
	loop_timer_set(p.loop, &p.b, 0);
	loop_timer_set(p.loop, &p.b, LONG_MS);
	loop_run_once(p.loop, 5);
	tap_is_int(p.nb, 1, "set again: moved to the back");
	loop_timer_set(p.loop, &p.b, -5);
	loop_run_once(p.loop, -1);
	tap_is_int(p.nb, 2, "set: a delay below zero is none");
	begun = mono_ms();
	loop_run_once(p.loop, 30);
	tap_ok(mono_ms() >= begun + 30, "run: waits its maximum when nothing comes");
	loop_timer_set(p.loop, &p.b, LONG_MS);
	loop_free(p.loop);
	loop_free(NULL);
}

static void
on_alarm(int sig UNUSED)
{
}

static void
test_signal(void)
{
	struct loop *l = loop_new();
	const struct itimerval soon = { .it_value = { .tv_usec = 20000 } };
	struct sigaction sa = { .sa_handler = on_alarm };
	int64_t begun = mono_ms();

	if (sigaction(SIGALRM, &sa, NULL) != 0 || setitimer(ITIMER_REAL, &soon, NULL) != 0)
		return;
	loop_run_once(l, 10000);
	tap_ok(mono_ms() < begun + 5000, "signal: ends the wait");
	loop_free(l);
}

int
main(void)
{
	test_many();
	test_many_cancelled();
	test_many_moved();
	test_callbacks();
	test_set();
	test_signal();
	return tap_done();
}
