/* SPDX-License-Identifier: BSD-2-Clause */
/* Descriptors by epoll, timers in a binary heap. */
#include "base/loop.h"

#include <errno.h>
#include <unistd.h>

#include "base/clock.h"

#define EVENTS_A_ROUND	64

struct loop {
	int			  epfd;
	struct loop_timer	**heap;		/* [1..ntimers], soonest first */
	size_t			  ntimers;
	size_t			  cap;
	struct epoll_event	  ready[EVENTS_A_ROUND];
	int			  nready;	/* of the round under way */
};

struct loop *
loop_new(void)
{
	struct loop *l;

	if ((l = calloc(1, sizeof(*l))) == NULL)
		return NULL;
	if ((l->epfd = epoll_create1(EPOLL_CLOEXEC)) < 0) {
		free(l);
		return NULL;
	}
	return l;
}

void
loop_free(struct loop *l)
{
	if (l == NULL)
		return;
	(void)close(l->epfd);
	free(l->heap);
	free(l);
}

int
loop_watch(struct loop *l, struct loop_watch *w, int fd, uint32_t events)
{
	struct epoll_event ev = { .events = events, .data.ptr = w };

	if (epoll_ctl(l->epfd, w->on ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, fd,
	    &ev) != 0)
		return -1;
	w->fd = fd;
	w->on = true;
	return 0;
}

void
loop_unwatch(struct loop *l, struct loop_watch *w)
{
	int i;

	if (!w->on)
		return;
	w->on = false;
	/* Fails only when the descriptor was closed: epoll forgot it itself. */
	(void)epoll_ctl(l->epfd, EPOLL_CTL_DEL, w->fd, NULL);
	for (i = 0; i < l->nready; i++)
		if (l->ready[i].data.ptr == w)
			l->ready[i].data.ptr = NULL;
}

static void
heap_place(struct loop *l, struct loop_timer *t, size_t pos)
{
	l->heap[pos] = t;
	t->heap_pos = pos;
}

static void
heap_up(struct loop *l, struct loop_timer *t, size_t pos)
{
	while (pos > 1 && l->heap[pos / 2]->at_ms > t->at_ms) {
		heap_place(l, l->heap[pos / 2], pos);
		pos /= 2;
	}
	heap_place(l, t, pos);
}

static void
heap_down(struct loop *l, struct loop_timer *t, size_t pos)
{
	size_t child;

	while ((child = pos * 2) <= l->ntimers) {
		if (child < l->ntimers &&
		    l->heap[child + 1]->at_ms < l->heap[child]->at_ms)
			child++;
		if (l->heap[child]->at_ms >= t->at_ms)
			break;
		heap_place(l, l->heap[child], pos);
		pos = child;
	}
	heap_place(l, t, pos);
}

void
loop_timer_set(struct loop *l, struct loop_timer *t, int64_t delay_ms)
{
	struct loop_timer **heap;
	size_t cap;

	loop_timer_cancel(l, t);
	if (l->ntimers + 2 > l->cap) {
		cap = l->cap != 0 ? l->cap * 2 : 64;
		if ((heap = realloc(l->heap, cap * sizeof(*heap))) == NULL) {
			(void)fputs("caas: out of memory\n", stderr);
			abort();
		}
		l->heap = heap;
		l->cap = cap;
	}
	t->at_ms = mono_ms() + (delay_ms > 0 ? delay_ms : 0);
	heap_up(l, t, ++l->ntimers);
}

void
loop_timer_cancel(struct loop *l, struct loop_timer *t)
{
	struct loop_timer *last;
	size_t pos = t->heap_pos;

	if (pos == 0)
		return;
	t->heap_pos = 0;
	last = l->heap[l->ntimers--];
	if (last == t)
		return;
	if (pos > 1 && l->heap[pos / 2]->at_ms > last->at_ms)
		heap_up(l, last, pos);
	else
		heap_down(l, last, pos);
}

static int
wait_ms(const struct loop *l, int64_t max_ms)
{
	int64_t ms = max_ms;

	if (l->ntimers != 0) {
		ms = l->heap[1]->at_ms - mono_ms();
		if (ms < 0)
			ms = 0;
		if (max_ms >= 0 && ms > max_ms)
			ms = max_ms;
	}
	if (ms > 60 * 1000)
		ms = 60 * 1000;
	return (int)ms;
}

static void
run_timers(struct loop *l)
{
	int64_t now = mono_ms();
	struct loop_timer *t;

	while (l->ntimers != 0 && (t = l->heap[1])->at_ms <= now) {
		loop_timer_cancel(l, t);
		t->fn(t->arg);
	}
}

void
loop_run_once(struct loop *l, int64_t max_ms)
{
	struct loop_watch *w;
	int i;

	l->nready = epoll_wait(l->epfd, l->ready, EVENTS_A_ROUND,
	    wait_ms(l, max_ms));
	if (l->nready < 0)
		l->nready = 0;
	for (i = 0; i < l->nready; i++)
		if ((w = l->ready[i].data.ptr) != NULL)
			w->fn(w->arg, l->ready[i].events);
	l->nready = 0;
	run_timers(l);
}
