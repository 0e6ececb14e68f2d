/* SPDX-License-Identifier: BSD-2-Clause */
/* The descriptors of the loop: readiness, changes from callbacks. */
#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/loop.h"
#include "tap.h"

/* One end is watched, the other is written to. */
struct peer {
	struct loop		*loop;
	struct loop_watch	 watch;
	struct loop_timer	 timer;
	struct peer		*other;
	int			 fds[2];
	int			 calls;
	uint32_t		 events;
};

static void
count(void *arg, uint32_t events)
{
	struct peer *p = arg;
	char c;

	p->calls++;
	p->events |= events;
	if ((events & EPOLLIN) != 0 && read(p->fds[0], &c, 1) < 0)
		p->events |= EPOLLERR;
}

static void
stop_other(void *arg, uint32_t events)
{
	struct peer *p = arg;

	count(p, events);
	loop_unwatch(p->loop, &p->other->watch);
}

/* The other's watch is taken out and put back: its old event is not its new one. */
static void
renew_other(void *arg, uint32_t events)
{
	struct peer *p = arg;

	stop_other(p, events);
	if (loop_watch(p->loop, &p->other->watch, p->other->fds[0], EPOLLIN) != 0)
		p->events |= EPOLLERR;
}

static void
stop_self_and_forget(void *arg, uint32_t events)
{
	struct peer *p = arg;

	count(p, events);
	loop_unwatch(p->loop, &p->watch);
	memset(&p->watch, 0, sizeof(p->watch));
}

static void
watch_other(void *arg, uint32_t events)
{
	struct peer *p = arg;

	count(p, events);
	if (!p->other->watch.on &&
	    loop_watch(p->loop, &p->other->watch, p->other->fds[0], EPOLLIN) != 0)
		p->events |= EPOLLERR;
}

static void
stop_from_timer(void *arg)
{
	struct peer *p = arg;

	loop_unwatch(p->loop, &p->watch);
}

static void
peers_init(struct peer *a, struct peer *b, void (*fn)(void *, uint32_t))
{
	struct loop *l = loop_new();
	struct peer *p;

	memset(a, 0, sizeof(*a));
	memset(b, 0, sizeof(*b));
	a->other = b;
	b->other = a;
	for (p = a; p != NULL; p = p == a ? b : NULL) {
		p->loop = l;
		p->watch.fn = fn;
		p->watch.arg = p;
		if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, p->fds) != 0)
			abort();
	}
}

static void
peers_release(struct peer *a, struct peer *b)
{
	struct peer *p;

	for (p = a; p != NULL; p = p == a ? b : NULL) {
		loop_unwatch(p->loop, &p->watch);
		(void)close(p->fds[0]);
		(void)close(p->fds[1]);
	}
	loop_free(a->loop);
}

static bool
poke(struct peer *p)
{
	return write(p->fds[1], "x", 1) == 1;
}

static void
test_ready(void)
{
	struct peer a, b;

	peers_init(&a, &b, count);
	loop_unwatch(a.loop, &a.watch);
	tap_ok(!a.watch.on, "unwatch: harmless when it is not on");
	tap_ok(loop_watch(a.loop, &a.watch, a.fds[0], EPOLLIN) == 0 && a.watch.on &&
	    a.watch.fd == a.fds[0], "watch: on");
	loop_run_once(a.loop, 0);
	tap_is_int(a.calls, 0, "watch: nothing to read");
	tap_ok(poke(&a), "watch: a byte comes");
	loop_run_once(a.loop, 1000);
	tap_ok(a.calls == 1 && a.events == EPOLLIN, "watch: to be read");
	loop_run_once(a.loop, 0);
	tap_is_int(a.calls, 1, "watch: once");
	tap_is_int(loop_watch(a.loop, &a.watch, a.fds[0], EPOLLOUT), 0, "watch: other events");
	a.events = 0;
	loop_run_once(a.loop, 1000);
	tap_ok(a.calls == 2 && a.events == EPOLLOUT, "watch: to be written");
	loop_unwatch(a.loop, &a.watch);
	loop_run_once(a.loop, 0);
	tap_ok(a.calls == 2 && !a.watch.on, "unwatch: no more");
	tap_ok(fcntl(a.fds[0], F_GETFD) >= 0, "unwatch: the descriptor stays open");
	tap_is_int(loop_watch(a.loop, &a.watch, a.fds[0], EPOLLIN), 0, "watch: again");
	(void)close(a.fds[1]);
	a.fds[1] = -1;
	a.events = 0;
	loop_run_once(a.loop, 1000);
	tap_ok((a.events & EPOLLHUP) != 0, "watch: the end of the other side");
	peers_release(&a, &b);
}

static void
test_refused(void)
{
	struct peer a, b;
	int fd;

	peers_init(&a, &b, count);
	tap_ok(loop_watch(a.loop, &a.watch, -1, EPOLLIN) == -1 && errno == EBADF && !a.watch.on,
	    "watch: no descriptor");
	fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
	tap_ok(loop_watch(a.loop, &a.watch, fd, EPOLLIN) == -1 && errno == EPERM && !a.watch.on,
	    "watch: what epoll cannot wait for");
	(void)close(fd);
	peers_release(&a, &b);
}

/* Both are ready in the same round; what the first callback does decides about the second. */
static void
test_same_round(void)
{
	struct peer a, b;

	peers_init(&a, &b, stop_other);
	tap_ok(loop_watch(a.loop, &a.watch, a.fds[0], EPOLLIN) == 0 &&
	    loop_watch(b.loop, &b.watch, b.fds[0], EPOLLIN) == 0 && poke(&a) && poke(&b),
	    "same round: two are ready");
	loop_run_once(a.loop, 1000);
	tap_is_int(a.calls + b.calls, 1, "same round: one that was taken out is not called");
	loop_run_once(a.loop, 0);
	tap_is_int(a.calls + b.calls, 1, "same round: nor is it later");
	peers_release(&a, &b);

	peers_init(&a, &b, renew_other);
	tap_ok(loop_watch(a.loop, &a.watch, a.fds[0], EPOLLIN) == 0 &&
	    loop_watch(b.loop, &b.watch, b.fds[0], EPOLLIN) == 0 && poke(&a) && poke(&b),
	    "renewed: two are ready");
	loop_run_once(a.loop, 1000);
	tap_is_int(a.calls + b.calls, 1, "renewed: the old event is dropped");
	loop_run_once(a.loop, 1000);
	tap_ok(a.calls == 1 && b.calls == 1, "renewed: and comes again in the next round");
	peers_release(&a, &b);
}

static void
test_callbacks(void)
{
	struct peer a, b;

	peers_init(&a, &b, stop_self_and_forget);
	tap_ok(loop_watch(a.loop, &a.watch, a.fds[0], EPOLLIN) == 0 && poke(&a) && poke(&a),
	    "self: ready");
	loop_run_once(a.loop, 1000);
	loop_run_once(a.loop, 0);
	tap_is_int(a.calls, 1, "self: taken out in its own callback");
	peers_release(&a, &b);

	peers_init(&a, &b, watch_other);
	tap_ok(loop_watch(a.loop, &a.watch, a.fds[0], EPOLLIN) == 0 && poke(&a) && poke(&b),
	    "added: ready");
	loop_run_once(a.loop, 1000);
	tap_is_int(b.calls, 0, "added in a callback: not in the same round");
	loop_run_once(a.loop, 1000);
	tap_ok(b.calls == 1 && (b.events & EPOLLERR) == 0, "added in a callback: in the next one");
	peers_release(&a, &b);
}

static void
test_with_timer(void)
{
	struct peer a, b;
	int64_t begun = mono_ms();

	peers_init(&a, &b, count);
	a.timer.fn = stop_from_timer;
	a.timer.arg = &a;
	tap_is_int(loop_watch(a.loop, &a.watch, a.fds[0], EPOLLIN), 0, "timer: beside a watch");
	loop_timer_set(a.loop, &a.timer, 20);
	loop_run_once(a.loop, 10000);
	tap_ok(!a.watch.on && mono_ms() >= begun + 20 && mono_ms() < begun + 5000,
	    "timer: ends the wait for the descriptor");
	tap_ok(poke(&a), "timer: then a byte comes");
	loop_run_once(a.loop, 5);
	tap_is_int(a.calls, 0, "timer: which nobody waits for any more");
	peers_release(&a, &b);
}

/* More than one round can hold. */
static void
test_crowd(void)
{
	static struct peer p[150];
	size_t i, once = 0;
	int rounds;

	for (i = 0; i < NITEMS(p); i += 2)
		peers_init(&p[i], &p[i + 1], count);
	for (i = 0; i < NITEMS(p); i++)
		if (loop_watch(p[0].loop, &p[i].watch, p[i].fds[0], EPOLLIN) != 0 || !poke(&p[i]))
			tap_diag("no watch %zu", i);
	for (rounds = 0; rounds < 10; rounds++)
		loop_run_once(p[0].loop, 0);
	for (i = 0; i < NITEMS(p); i++) {
		once += p[i].calls == 1;
		loop_unwatch(p[0].loop, &p[i].watch);
	}
	tap_is_int((int64_t)once, NITEMS(p), "crowd: everyone is called once");
	for (i = 0; i < NITEMS(p); i += 2)
		peers_release(&p[i], &p[i + 1]);
}

int
main(void)
{
	test_ready();
	test_refused();
	test_same_round();
	test_callbacks();
	test_with_timer();
	test_crowd();
	return tap_done();
}
