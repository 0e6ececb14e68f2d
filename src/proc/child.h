/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * child: one process of the pool: forked, told apart by its states, drained.
 *
 *	WAITING -> STARTING -> RUNNING -> DRAINING
 *	   ^____________|__________|
 *
 * A child that ends unasked waits (with back-off) and is started again; what is
 * to become of one that was drained is its owner's.
 */
#ifndef CAAS_PROC_CHILD_H
#define CAAS_PROC_CHILD_H

#include "base/loop.h"

#include <sys/types.h>

#include "proc/generation.h"
#include "proc/role.h"

enum child_state { CHILD_WAITING, CHILD_STARTING, CHILD_RUNNING, CHILD_DRAINING, CHILD__MAX };

/* What the children of a pool have in common. */
struct child_host {
	struct loop	*loop;
	int		 listen_fd;	/* becomes descriptor 0 of the responders */
	void		(*changed)(void *arg);	/* a child was started or became ready */
	void		*arg;
};

struct child {
	struct child		*next;
	const struct child_host	*host;
	struct generation	*gen;
	enum role_kind		 role;
	const char		*queue;		/* NULL: none */
	enum child_state	 state;
	pid_t			 pid;		/* 0: not running */
	int64_t			 started_at;
	int64_t			 started_ms;
	unsigned		 restarts;
	unsigned		 failures;	/* short lives in a row */
	int			 ready_fd;	/* -1: no longer waited for */
	struct loop_watch	 ready;
	struct loop_timer	 timer;		/* start again, or the end of patience */
};

/* Nothing runs yet.  The generation counts it. */
MUST_USE int	child_new(const struct child_host *, struct generation *, enum role_kind,
		    const char *queue, struct child **, struct err *);
/* It must not be running. */
void		child_free(struct child *);
MUST_USE int	child_start(struct child *, struct err *);
/* Ask it to finish what it began; it is killed when that takes longer than drain_s. */
void		child_drain(struct child *);
/* It was reaped. */
void		child_ended(struct child *, int status);
/* Start it again, the later the more often it failed at once. */
void		child_again(struct child *);

const char	*child_state_name(enum child_state);

/*
 * Let the role's program check its own files (-t), as its user, and wait: it
 * prints what is wrong.
 */
MUST_USE int	child_check(const struct conf *, const char *conf_path, enum role_kind,
		    const char *queue, struct err *);

#endif
