/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * consumer: how a process works the jobs of a queue (design.md 4).
 *
 * It holds the lock of its host's slot for life, takes over what its predecessor
 * left, finds work by bell and by poll, keeps the leases alive and takes jobs
 * that another host let lapse.  A job may run twice: what it does must be safe to
 * repeat, and ends with job_finish() under the slot's epoch.
 */
#ifndef CAAS_QUEUE_CONSUMER_H
#define CAAS_QUEUE_CONSUMER_H

#include "base/loop.h"
#include "queue/bell.h"
#include "store/job.h"

struct consumer;

struct consumer_conf {
	struct loop		*loop;
	struct store		*store;
	const struct conf	*conf;
	const char		*queue;
	size_t			 max;		/* jobs in flight */
	/*
	 * Begin a job; consumer_done() says that it is no longer in flight, at once or
	 * later.
	 */
	void			(*take)(void *arg, const struct job *);
	void			*arg;
};

/*
 * Begin as soon as the slot's lock is free: an earlier process may still be at its
 * last jobs.
 */
MUST_USE int	consumer_start(const struct consumer_conf *, struct consumer **, struct err *);
void		consumer_free(struct consumer *);

const struct slot	*consumer_slot(const struct consumer *);
size_t			 consumer_in_flight(const struct consumer *);
/* A job that take() began is over, finished or not. */
void	consumer_done(struct consumer *, uint64_t job_id);
/* Wake the process that waits for this job's object. */
void	consumer_ring(struct consumer *, uint64_t process, uint64_t object_id);
/* Wake the consumer of another queue of this host. */
void	consumer_ring_queue(struct consumer *, const char *queue, uint64_t job_id);
/* Take no more jobs; those in flight go on. */
void	consumer_drain(struct consumer *);

#endif
