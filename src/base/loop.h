/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * loop: one thread that waits for many descriptors and timers (epoll).
 *
 * The owner of a watch or timer embeds it, zeroed, and must take it out before
 * the memory goes, a watch also before its descriptor is closed: the number may
 * be another's a moment later.  Callbacks may add and remove watches and timers,
 * their own included, but not run the loop.  Not thread-safe.
 */
#ifndef CAAS_BASE_LOOP_H
#define CAAS_BASE_LOOP_H

#include "base/attr.h"

#include <sys/epoll.h>

struct loop;

struct loop_watch {
	void	(*fn)(void *arg, uint32_t events);	/* EPOLLIN, ... */
	void	 *arg;
	int	  fd;
	bool	  on;
};

struct loop_timer {
	void	(*fn)(void *arg);
	void	 *arg;
	int64_t	  at_ms;	/* mono_ms() */
	size_t	  heap_pos;	/* 1-based; 0: not set */
};

/* NULL when the system refuses another epoll descriptor. */
struct loop	*loop_new(void);
/* Forgets what is still watched or set; NULL is allowed. */
void		 loop_free(struct loop *);

/*
 * Watch fd for events (EPOLLIN, EPOLLOUT, EPOLLET, EPOLLEXCLUSIVE); calling it
 * again changes the events (not those of an EPOLLEXCLUSIVE watch).  w->fn and
 * w->arg are set by the caller.  -1 with errno.
 */
MUST_USE int	loop_watch(struct loop *, struct loop_watch *, int fd, uint32_t events);
/* Harmless when it is not on.  The descriptor stays open. */
void	loop_unwatch(struct loop *, struct loop_watch *);

/* Call t->fn once, delay_ms from now; setting it again moves it. */
void	loop_timer_set(struct loop *, struct loop_timer *, int64_t delay_ms);
/* Harmless when it is not set. */
void	loop_timer_cancel(struct loop *, struct loop_timer *);

/*
 * Wait for the next event or timer, at most max_ms (-1: no limit), and run what
 * is due.  A signal ends the wait.
 */
void	loop_run_once(struct loop *, int64_t max_ms);

#endif
