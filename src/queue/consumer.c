/* SPDX-License-Identifier: BSD-2-Clause */
/* The life of a queue's worker: lock, slot, bell, poll, leases. */
#include "queue/consumer.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/log.h"
#include "queue/inflight.h"

#define BATCH_MAX	64
#define LOCK_WAIT_MS	50

struct consumer {
	struct consumer_conf	 c;
	int			 lock_fd;
	struct bell		*bell;
	struct loop_watch	 watch;
	struct loop_timer	 poll, renew;
	struct slot		 slot;
	bool			 has_slot;
	bool			 draining;
	bool			 db_down;	/* said once, not at every poll */
	struct inflight		 jobs;
};

static void
report(struct consumer *c, const char *event, const struct err *err)
{
	log_err(c->db_down ? LOG_DEBUG : LOG_WARNING, event, err);
	c->db_down = err->kind == ERR_UNAVAILABLE;
}

static void
begin(struct consumer *c, const struct job *j)
{
	if (inflight_has(&c->jobs, j->id))
		return;
	inflight_add(&c->jobs, j->id);
	c->c.take(c->c.arg, j);
}

/*
 * A job that was born under an earlier epoch is taken over with all like it.  One of
 * a later epoch says that the slot is somebody else's: this process ends as if it
 * were told to, and caasd starts a new incarnation.
 */
static int
adopt(struct consumer *c, const struct job *j, int64_t now, struct err *err)
{
	if (j->epoch == c->slot.epoch)
		return 0;
	if (j->epoch < c->slot.epoch)
		return job_renew(c->c.store->db, &c->slot, now, err);
	(void)raise(SIGTERM);
	return err_set(err, ERR_CONFLICT, "the slot was taken by another process");
}

static void
take_rung(struct consumer *c, uint64_t id)
{
	int64_t now = clk_now(c->c.store->clk);
	struct job j;
	struct err err;
	int rc;

	if (c->draining || !c->has_slot || c->jobs.n >= c->c.max ||
	    inflight_has(&c->jobs, id))
		return;
	rc = job_get(c->c.store->db, &c->slot, id, now, &j, &err);
	if (rc == 1 && adopt(c, &j, now, &err) != 0)
		rc = -1;
	if (rc < 0)
		report(c, "queue.get", &err);
	else if (rc == 1)
		begin(c, &j);
}

static void
on_bell(void *arg, uint32_t events UNUSED)
{
	struct consumer *c = arg;
	uint64_t ids[BATCH_MAX];
	size_t i, n = bell_read(c->bell, ids, BATCH_MAX);

	for (i = 0; i < n; i++)
		take_rung(c, ids[i]);
	if (n >= BELL_KEPT && !c->draining)
		loop_timer_set(c->c.loop, &c->poll, 0);
}

static int
take_slot(struct consumer *c, int64_t now, struct err *err)
{
	if (c->has_slot)
		return 0;
	if (slot_take(c->c.store->db, c->c.conf->host, c->c.queue, now, &c->slot,
	    err) != 0)
		return -1;
	c->has_slot = true;
	log_event(LOG_INFO, "queue.start", LOGF_S("queue", c->c.queue),
	    LOGF_U("slot", c->slot.id), LOGF_U("epoch", c->slot.epoch));
	return 0;
}

/* Everything that is due; jobs in flight are among the rows, so room is left for them. */
static int
take_due(struct consumer *c, int64_t now, struct err *err)
{
	struct arena *a = arena_new();
	struct job *jobs;
	size_t i, n, claimed;
	int rc;

	rc = job_claim_lapsed(c->c.store->db, &c->slot, c->c.queue, now, &claimed, err);
	if (rc == 0)
		rc = job_due(c->c.store->db, &c->slot, now, c->jobs.n + BATCH_MAX, a,
		    &jobs, &n, err);
	for (i = 0; rc == 0 && i < n && c->jobs.n < c->c.max; i++)
		if ((rc = adopt(c, &jobs[i], now, err)) == 0)
			begin(c, &jobs[i]);
	arena_free(a);
	return rc;
}

static void
on_poll(void *arg)
{
	struct consumer *c = arg;
	int64_t now = clk_now(c->c.store->clk);
	struct err err;

	if (c->draining)
		return;
	if (take_slot(c, now, &err) != 0 || take_due(c, now, &err) != 0)
		report(c, "queue.poll", &err);
	else
		c->db_down = false;
	loop_timer_set(c->c.loop, &c->poll, c->c.conf->queue_poll_ms);
}

static void
on_renew(void *arg)
{
	struct consumer *c = arg;
	struct err err;

	if (c->has_slot && job_renew(c->c.store->db, &c->slot,
	    clk_now(c->c.store->clk), &err) != 0)
		report(c, "queue.renew", &err);
	loop_timer_set(c->c.loop, &c->renew, JOB_RENEW_S * 1000);
}

static int
open_lock(struct consumer *c, struct err *err)
{
	char path[256];

	(void)snprintf(path, sizeof(path), "%s/slot-%s.lock", c->c.conf->run_dir,
	    c->c.queue);
	c->lock_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (c->lock_fd < 0)
		return err_internal(err, "%s: %s", path, strerror(errno));
	return 0;
}

/*
 * The lock is the kernel's: it is free exactly when its holder is gone.  The bell
 * is bound under it, for binding takes the name from whoever had it.
 */
static void
on_lock(void *arg)
{
	struct consumer *c = arg;
	struct err err;

	if (flock(c->lock_fd, LOCK_EX | LOCK_NB) != 0) {
		loop_timer_set(c->c.loop, &c->poll, LOCK_WAIT_MS);
		return;
	}
	if (bell_open(c->c.conf->run_dir, c->c.queue, &c->bell, &err) == 0 &&
	    loop_watch(c->c.loop, &c->watch, bell_fd(c->bell), EPOLLIN) != 0)
		(void)err_internal(&err, "epoll: %s", strerror(errno));
	else if (c->bell != NULL)
		err_clear(&err);
	/* Without a bell the queue is polled. */
	if (err.kind != ERR_NONE)
		log_err(LOG_ERR, "queue.bell", &err);
	c->poll.fn = on_poll;
	loop_timer_set(c->c.loop, &c->poll, 0);
	loop_timer_set(c->c.loop, &c->renew, JOB_RENEW_S * 1000);
}

int
consumer_start(const struct consumer_conf *conf, struct consumer **out,
    struct err *err)
{
	struct consumer *c;

	*out = NULL;
	if ((c = calloc(1, sizeof(*c))) == NULL)
		return err_internal(err, "out of memory");
	c->c = *conf;
	c->lock_fd = -1;
	c->watch.fn = on_bell;
	c->watch.arg = c;
	c->poll.fn = on_lock;
	c->poll.arg = c;
	c->renew.fn = on_renew;
	c->renew.arg = c;
	if (open_lock(c, err) != 0) {
		consumer_free(c);
		return -1;
	}
	loop_timer_set(conf->loop, &c->poll, 0);
	*out = c;
	return 0;
}

void
consumer_free(struct consumer *c)
{
	if (c == NULL)
		return;
	loop_unwatch(c->c.loop, &c->watch);
	loop_timer_cancel(c->c.loop, &c->poll);
	loop_timer_cancel(c->c.loop, &c->renew);
	bell_close(c->bell);
	if (c->lock_fd >= 0)
		(void)close(c->lock_fd);
	inflight_release(&c->jobs);
	free(c);
}

const struct slot *
consumer_slot(const struct consumer *c)
{
	return &c->slot;
}

size_t
consumer_in_flight(const struct consumer *c)
{
	return c->jobs.n;
}

void
consumer_done(struct consumer *c, uint64_t job_id)
{
	inflight_remove(&c->jobs, job_id);
}

void
consumer_ring(struct consumer *c, uint64_t process, uint64_t object_id)
{
	char name[BELL_NAME_MAX];

	if (process == 0 || c->bell == NULL)
		return;
	bell_name_of(process, name);
	bell_ring(c->bell, name, object_id);
}

void
consumer_ring_queue(struct consumer *c, const char *queue, uint64_t job_id)
{
	if (c->bell != NULL)
		bell_ring(c->bell, queue, job_id);
}

void
consumer_drain(struct consumer *c)
{
	c->draining = true;
	loop_timer_cancel(c->c.loop, &c->poll);
}
