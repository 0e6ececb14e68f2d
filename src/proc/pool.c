/* SPDX-License-Identifier: BSD-2-Clause */
/* The set of children, its generations, and the steps of a reload. */
#include "proc/pool.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>

#include "base/log.h"
#include "proc/children.h"
#include "proc/legacy.h"
#include "proc/rundir.h"

#define RECORD_MAX	2048		/* children written down: two generations and more */
#define READY_MAX_MS	((int64_t)30000) /* for a whole generation to become ready */

struct reload {
	unsigned	 wanted, begun, ended;	/* numbers of reloads */
	struct err	 result;		/* of the last that ended */
	bool		 under_way;
	struct loop_timer late;
	void		(*fn)(void *arg);
	void		*arg;
};

struct pool {
	struct child_host	 host;
	const char		*conf_path;
	struct generation	*now;
	struct generation	*next;		/* being tried by a reload; else NULL */
	struct children		 children;
	bool			 stopping;
	struct reload		 reload;
	struct legacy		*legacy;	/* what an earlier caasd left */
	bool			 legacy_told;
	struct loop_timer	 legacy_late;
};

static void reload_begin(struct pool *);

const struct conf *
pool_conf(const struct pool *pool)
{
	return pool->now->conf;
}

const struct child *
pool_children(const struct pool *pool)
{
	return pool->children.first;
}

size_t
pool_legacy(const struct pool *pool, pid_t *pids, size_t max)
{
	return legacy_pids(pool->legacy, pids, max);
}

/* Who must be found again if we are killed. */
static void
record(const struct pool *pool)
{
	pid_t pids[RECORD_MAX];
	size_t n = legacy_pids(pool->legacy, pids, NITEMS(pids));

	n += children_pids(&pool->children, pids + n, NITEMS(pids) - n);
	legacy_write(pool->now->conf->run_dir, pids, n);
}

/* ---- an earlier caasd's children ---- */

static void
on_legacy_gone(void *arg, pid_t pid)
{
	struct pool *pool = arg;

	rundir_forget(pool->now->conf, pid);
	record(pool);
}

static void
on_legacy_late(void *arg)
{
	struct pool *pool = arg;

	legacy_signal(pool->legacy, SIGKILL);
}

static void
end_legacy(struct pool *pool)
{
	if (pool->legacy_told)
		return;
	pool->legacy_told = true;
	legacy_signal(pool->legacy, SIGTERM);
	pool->legacy_late.fn = on_legacy_late;
	pool->legacy_late.arg = pool;
	loop_timer_set(pool->host.loop, &pool->legacy_late, pool->now->conf->drain_s * 1000);
}

/* ---- reload ---- */

static void
reload_end(struct pool *pool, const struct err *err)
{
	struct reload *r = &pool->reload;

	r->under_way = false;
	r->ended = r->begun;
	r->result = *err;
	loop_timer_cancel(pool->host.loop, &r->late);
	if (err->kind != ERR_NONE)
		log_err(LOG_ERR, "reload.failed: the configuration before it stays", err);
	else
		log_event(LOG_NOTICE, "reload", LOGF_I("workers", pool->now->conf->workers));
	if (r->fn != NULL)
		r->fn(r->arg);
	if (r->wanted != r->begun && !r->under_way)
		reload_begin(pool);
}

static void
abandon(struct pool *pool, const struct err *err)
{
	struct generation *gen = pool->next;

	pool->next = NULL;
	children_drain(&pool->children, gen);
	reload_end(pool, err);
}

static void
on_late(void *arg)
{
	struct err err = ERR_INIT;

	(void)err_internal(&err, "not every process was ready within %d s",
	    (int)(READY_MAX_MS / 1000));
	abandon(arg, &err);
}

/* The next generation works: the one before it may go. */
static void
commit(struct pool *pool)
{
	struct generation *old = pool->now;
	struct err err = ERR_INIT;

	if (generation_settle(pool->next, &err) != 0) {
		abandon(pool, &err);
		return;
	}
	pool->now = pool->next;
	pool->next = NULL;
	loop_timer_cancel(pool->host.loop, &pool->reload.late);
	children_drain(&pool->children, old);
}

/* Something changed: what is to be done now? */
static void
settle(struct pool *pool)
{
	const struct err none = ERR_INIT;

	if (pool->stopping) {
		record(pool);
		return;
	}
	if (pool->next != NULL && children_all(&pool->children, pool->next, CHILD_RUNNING))
		commit(pool);
	if (pool->next == NULL && children_all(&pool->children, pool->now, CHILD_RUNNING))
		end_legacy(pool);
	record(pool);
	if (pool->next == NULL && pool->reload.under_way && !children_any(&pool->children, CHILD_DRAINING))
		reload_end(pool, &none);
}

static void
on_changed(void *arg)
{
	settle(arg);
}

static int
start_all(struct pool *pool, struct generation *gen, struct err *err)
{
	const struct conf *conf = gen->conf;
	int64_t k;
	size_t i;

	for (k = 0; k < conf->workers; k++)
		if (children_add(&pool->children, &pool->host, gen, ROLE_RESPONDER, NULL, err) != 0)
			return -1;
	for (i = conf->queues.n; i > 0; i--)
		if (children_add(&pool->children, &pool->host, gen, ROLE_VALIDATOR, conf->queues.v[i - 1], err) != 0)
			return -1;
	return children_add(&pool->children, &pool->host, gen, ROLE_SIGNER, NULL, err);
}

/* 0 with pool->next; nothing was started yet. */
static int
load_next(struct pool *pool, struct err *err)
{
	struct conf *conf;

	if (conf_load(pool->conf_path, &conf, err) != 0)
		return -1;
	if (generation_may_follow(pool->now->conf, conf, err) != 0 ||
	    rundir_files(conf, err) != 0 ||
	    generation_new(conf, &pool->next, err) != 0) {
		conf_free(conf);
		return -1;
	}
	return 0;
}

static void
reload_begin(struct pool *pool)
{
	struct reload *r = &pool->reload;
	struct err err = ERR_INIT;

	r->under_way = true;
	r->begun = r->wanted;
	log_event(LOG_NOTICE, "reload.begin", LOGF_S("file", pool->conf_path));
	if (load_next(pool, &err) != 0) {
		reload_end(pool, &err);
		return;
	}
	if (start_all(pool, pool->next, &err) != 0) {
		abandon(pool, &err);
		return;
	}
	r->late.fn = on_late;
	r->late.arg = pool;
	loop_timer_set(pool->host.loop, &r->late, READY_MAX_MS);
	record(pool);
}

unsigned
pool_reload(struct pool *pool)
{
	pool->reload.wanted++;
	if (!pool->reload.under_way && !pool->stopping)
		reload_begin(pool);
	return pool->reload.wanted;
}

int
pool_reload_result(const struct pool *pool, unsigned number, struct err *err)
{
	err_clear(err);
	if (pool->stopping)
		return err_internal(err, "the pool is stopping");
	/* Numbers wrap around. */
	if ((int)(pool->reload.ended - number) < 0)
		return 0;
	*err = pool->reload.result;
	return err->kind == ERR_NONE ? 1 : -1;
}

void
pool_on_reload(struct pool *pool, void (*fn)(void *arg), void *arg)
{
	pool->reload.fn = fn;
	pool->reload.arg = arg;
}

/* ---- beginning, middle and end ---- */

int
pool_start(struct loop *loop, struct conf *conf, const char *conf_path, int listen_fd,
    struct pool **out, struct err *err)
{
	struct pool *pool = calloc(1, sizeof(*pool));

	*out = NULL;
	if (pool == NULL || generation_new(conf, &pool->now, err) != 0) {
		conf_free(conf);
		free(pool);
		return pool == NULL ? err_internal(err, "out of memory") : -1;
	}
	pool->host = (struct child_host){ loop, listen_fd, on_changed, pool };
	pool->conf_path = conf_path;
	pool->legacy = legacy_read(loop, conf->run_dir, on_legacy_gone, pool);
	if (generation_settle(pool->now, err) != 0 || start_all(pool, pool->now, err) != 0) {
		pool_signal(pool, SIGTERM);
		pool_free(pool);
		return -1;
	}
	record(pool);
	*out = pool;
	return 0;
}

void
pool_free(struct pool *pool)
{
	if (pool == NULL)
		return;
	loop_timer_cancel(pool->host.loop, &pool->reload.late);
	loop_timer_cancel(pool->host.loop, &pool->legacy_late);
	while (pool->children.first != NULL)
		children_drop(&pool->children, pool->children.first);
	generation_free(pool->now);
	generation_free(pool->next);
	legacy_free(pool->legacy);
	free(pool);
}

static void
ended(struct pool *pool, struct child *c, int status)
{
	struct err err = ERR_INIT;

	child_ended(c, status);
	if (c->state == CHILD_DRAINING || pool->stopping) {
		children_drop(&pool->children, c);
	} else if (c->gen == pool->next) {
		(void)err_internal(&err, "%s%s%s could not start: its log says why",
		    roles[c->role].program, c->queue != NULL ? " -q " : "",
		    c->queue != NULL ? c->queue : "");
		abandon(pool, &err);
	} else {
		child_again(c);
	}
}

void
pool_reap(struct pool *pool)
{
	struct child *c;
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		if ((c = children_find(&pool->children, pid)) != NULL)
			ended(pool, c, status);
	}
	settle(pool);
}

void
pool_signal(struct pool *pool, int signo)
{
	children_signal(&pool->children, signo);
	legacy_signal(pool->legacy, signo);
}

/* The generation in force stays, for what is asked of it. */
static void
stop_all(struct pool *pool)
{
	struct child *c, *next;

	for (c = pool->children.first; c != NULL; c = next) {
		next = c->next;
		if (c->pid != 0)
			child_drain(c);
		else
			children_drop(&pool->children, c);
	}
}

void
pool_stop(struct pool *pool)
{
	if (pool->stopping)
		return;
	pool->stopping = true;
	loop_timer_cancel(pool->host.loop, &pool->reload.late);
	if (pool->reload.fn != NULL)
		pool->reload.fn(pool->reload.arg);
	end_legacy(pool);
	stop_all(pool);
}

bool
pool_is_empty(const struct pool *pool)
{
	pid_t pid;

	return pool->children.first == NULL && legacy_pids(pool->legacy, &pid, 1) == 0;
}
