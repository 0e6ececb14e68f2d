/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * job: rows of work, born leased to a slot and finished under its epoch
 * (design.md 4).  How they are worked is queue/'s.
 */
#ifndef CAAS_STORE_JOB_H
#define CAAS_STORE_JOB_H

#include "model/job.h"
#include "store/store.h"

struct job_new {
	uint64_t	id;		/* from the writer */
	const char	*queue;
	uint64_t	object_id;
	int64_t		now;
	uint64_t	ring;		/* process to wake at the end, 0 none */
	const char	*host;		/* whose slot it is born leased to */
	uint64_t	blocks;		/* job that waits for its end, 0 none */
	unsigned	blocked_by;	/* jobs whose end it waits for */
	struct view	name;		/* of QUEUE_CAA: covered name; empty: the authorization's */
};
/* Where a job goes and who is rung at its end. */
struct job_route {
	const char	*host;
	uint64_t	 ring;
};

/* Inside a transaction, after authorizations. */
MUST_USE int	job_put(struct db *, const struct job_new *, struct err *);

/* Take the slot of a host and queue; the caller holds its lock. */
MUST_USE int	slot_take(struct db *, const char *host, const char *queue, int64_t now,
		    struct slot *, struct err *);

/* One job that a bell named: 1, 0 not ours or not open, -1. */
MUST_USE int	job_get(struct db *, const struct slot *, uint64_t id, int64_t now,
		    struct job *, struct err *);
/* Up to max open jobs of the slot that may run; memory from the arena. */
MUST_USE int	job_due(struct db *, const struct slot *, int64_t now, size_t max,
		    struct arena *, struct job **, size_t *n, struct err *);
/* Renew all leases of the slot and take over those of earlier incarnations. */
MUST_USE int	job_renew(struct db *, const struct slot *, int64_t now, struct err *);
/* Take jobs of the queue from slots that let their lease lapse; *n how many. */
MUST_USE int	job_claim_lapsed(struct db *, const struct slot *, const char *queue,
		    int64_t now, size_t *n, struct err *);

/* Inside a transaction, last but money: 1 ended, 0 somebody else has it (roll back), -1. */
MUST_USE int	job_finish(struct db *, const struct slot *, uint64_t id, int64_t now,
		    struct err *);
/* Let it run again at run_at: 1, 0, -1 as above. */
MUST_USE int	job_retry(struct db *, const struct slot *, uint64_t id, int64_t run_at,
		    struct err *);

#endif
