/* SPDX-License-Identifier: BSD-2-Clause */
/* Forking, reaping, restarting. */
#include "proc/pool.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "proc/legacy.h"
#include "proc/rundir.h"
#include "proc/signals.h"

#define LONG_ENOUGH_MS	((int64_t)1000)	/* a child that lived so long had no bad start */
#define DELAY_FIRST_MS	((int64_t)100)
#define DELAY_MAX_MS	((int64_t)10000)
#define SETTLED_MS	1000		/* ours are up: earlier ones may go */
#define EXIT_CANNOT	127

struct child {
	struct pool		*pool;
	enum role_kind		 role;
	const char		*queue;		/* NULL: none */
	pid_t			 pid;		/* 0: not running */
	int64_t			 started_ms;
	unsigned		 failures;	/* short lives in a row */
	struct loop_timer	 restart;
};

struct pool {
	struct loop		*loop;
	const struct conf	*conf;
	const char		*conf_path;
	int			 listen_fd;
	struct child		*children;
	size_t			 n;
	bool			 stopping;
	struct loop_timer	 settled;	/* or, when stopping, the end of patience */
	struct legacy		*legacy;	/* what an earlier caasd left */
};

/* What a child inherits of our environment: nothing but what moves its clock and finds its libraries. */
static char **
child_env(void)
{
	static const char *const keep[] = {
		"LD_PRELOAD=", "LD_LIBRARY_PATH=", "FAKETIME", "PATH=", "TZ=",
		"ASAN_OPTIONS=", "UBSAN_OPTIONS=", "LSAN_OPTIONS=", "LLVM_PROFILE_FILE=",
	};
	extern char **environ;
	size_t i, k, n = 0;
	char **env;

	while (environ[n] != NULL)
		n++;
	if ((env = calloc(n + 1, sizeof(*env))) == NULL)
		return NULL;
	for (n = i = 0; environ[i] != NULL; i++)
		for (k = 0; k < NITEMS(keep); k++)
			if (view_starts(view_of(environ[i]), view_of(keep[k]))) {
				env[n++] = environ[i];
				break;
			}
	return env;
}

/* In the child; never returns. */
static NORETURN void
become(const struct child *c, const struct privilege *p)
{
	const struct pool *pool = c->pool;
	const struct role *role = &roles[c->role];
	char path[512], *argv[8];
	char **env = child_env();
	struct err err;
	size_t n = 0;

	signals_reset();
	(void)snprintf(path, sizeof(path), "%s/%s", pool->conf->libexec_dir, role->program);
	argv[n++] = (char *)(uintptr_t)role->program;
	argv[n++] = (char *)(uintptr_t)"-c";
	argv[n++] = (char *)(uintptr_t)pool->conf_path;
	if (role->has_queue) {
		argv[n++] = (char *)(uintptr_t)"-q";
		argv[n++] = (char *)(uintptr_t)c->queue;
	}
	argv[n] = NULL;
	if (role->listens && dup2(pool->listen_fd, STDIN_FILENO) < 0)
		_exit(EXIT_CANNOT);
	if (env != NULL && privilege_drop(p, &err) == 0)
		(void)execve(path, argv, env);
	log_event(LOG_CRIT, "child.exec", LOGF_S("path", path),
	    LOGF_S("error", strerror(errno)));
	_exit(EXIT_CANNOT);
}

static int
spawn(struct child *c, struct err *err)
{
	struct privilege p;
	pid_t pid;

	if (geteuid() == 0 &&
	    privilege_find(role_user(c->pool->conf, c->role), &p, err) != 0)
		return -1;
	if ((pid = fork()) < 0)
		return err_internal(err, "fork: %s", strerror(errno));
	if (pid == 0)
		become(c, geteuid() == 0 ? &p : NULL);
	c->pid = pid;
	c->started_ms = mono_ms();
	log_event(LOG_INFO, "child.start", LOGF_S("program", roles[c->role].program),
	    LOGF_I("child", pid), LOGF_S("queue", c->queue != NULL ? c->queue : ""));
	return 0;
}

static void
record(const struct pool *pool)
{
	pid_t pids[512];
	size_t i, n = 0;

	for (i = 0; i < pool->n && n < NITEMS(pids); i++)
		if (pool->children[i].pid != 0)
			pids[n++] = pool->children[i].pid;
	legacy_write(pool->conf->run_dir, pids, n);
}

static void
on_restart(void *arg)
{
	struct child *c = arg;
	struct err err;

	if (c->pool->stopping)
		return;
	if (spawn(c, &err) != 0) {
		log_err(LOG_ERR, "child.spawn", &err);
		loop_timer_set(c->pool->loop, &c->restart, DELAY_MAX_MS);
		return;
	}
	record(c->pool);
}

static void
on_settled(void *arg)
{
	struct pool *pool = arg;

	if (pool->stopping) {
		log_event(LOG_WARNING, "pool.kill", LOGF_I("after_s", pool->conf->drain_s));
		pool_signal(pool, SIGKILL);
		return;
	}
	legacy_end(pool->legacy);
	pool->legacy = NULL;
}

static void
add(struct pool *pool, enum role_kind role, const char *queue)
{
	struct child *c = &pool->children[pool->n++];

	c->pool = pool;
	c->role = role;
	c->queue = queue;
	c->restart.fn = on_restart;
	c->restart.arg = c;
}

int
pool_start(struct loop *loop, const struct conf *conf, const char *conf_path,
    int listen_fd, struct pool **out, struct err *err)
{
	size_t i, n = (size_t)conf->workers + conf->queues.n + 1;
	struct pool *pool;

	*out = NULL;
	if ((pool = calloc(1, sizeof(*pool))) == NULL ||
	    (pool->children = calloc(n, sizeof(*pool->children))) == NULL) {
		free(pool);
		return err_internal(err, "out of memory");
	}
	pool->loop = loop;
	pool->conf = conf;
	pool->conf_path = conf_path;
	pool->listen_fd = listen_fd;
	pool->legacy = legacy_read(conf->run_dir);
	pool->settled.fn = on_settled;
	pool->settled.arg = pool;
	add(pool, ROLE_SIGNER, NULL);
	for (i = 0; i < conf->queues.n; i++)
		add(pool, ROLE_VALIDATOR, conf->queues.v[i]);
	for (i = 0; i < (size_t)conf->workers; i++)
		add(pool, ROLE_RESPONDER, NULL);
	for (i = 0; i < pool->n; i++)
		if (spawn(&pool->children[i], err) != 0) {
			pool_signal(pool, SIGTERM);
			pool_free(pool);
			return -1;
		}
	record(pool);
	loop_timer_set(loop, &pool->settled, SETTLED_MS);
	*out = pool;
	return 0;
}

void
pool_free(struct pool *pool)
{
	size_t i;

	if (pool == NULL)
		return;
	for (i = 0; i < pool->n; i++)
		loop_timer_cancel(pool->loop, &pool->children[i].restart);
	loop_timer_cancel(pool->loop, &pool->settled);
	legacy_free(pool->legacy);
	free(pool->children);
	free(pool);
}

static int64_t
delay_of(const struct child *c)
{
	int64_t ms = DELAY_FIRST_MS;
	unsigned i;

	if (c->failures == 0)
		return 0;
	for (i = 1; i < c->failures && ms < DELAY_MAX_MS; i++)
		ms *= 2;
	return ms < DELAY_MAX_MS ? ms : DELAY_MAX_MS;
}

static void
ended(struct child *c, int status)
{
	int64_t lived = mono_ms() - c->started_ms;
	struct pool *pool = c->pool;

	log_event(pool->stopping ? LOG_INFO : LOG_WARNING, "child.end",
	    LOGF_S("program", roles[c->role].program), LOGF_I("child", c->pid),
	    LOGF_I("exit", WIFEXITED(status) ? WEXITSTATUS(status) : -1),
	    LOGF_I("signal", WIFSIGNALED(status) ? WTERMSIG(status) : 0),
	    LOGF_I("lived_ms", lived));
	rundir_forget(pool->conf, c->pid);
	c->pid = 0;
	c->failures = lived >= LONG_ENOUGH_MS ? 0 : c->failures + 1;
	if (!pool->stopping)
		loop_timer_set(pool->loop, &c->restart, delay_of(c));
}

void
pool_reap(struct pool *pool)
{
	int status;
	pid_t pid;
	size_t i;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		for (i = 0; i < pool->n; i++)
			if (pool->children[i].pid == pid)
				ended(&pool->children[i], status);
	record(pool);
}

void
pool_signal(struct pool *pool, int signo)
{
	size_t i;

	for (i = 0; i < pool->n; i++)
		if (pool->children[i].pid != 0)
			(void)kill(pool->children[i].pid, signo);
}

void
pool_stop(struct pool *pool)
{
	if (pool->stopping)
		return;
	pool->stopping = true;
	pool_signal(pool, SIGTERM);
	loop_timer_set(pool->loop, &pool->settled, pool->conf->drain_s * 1000);
}

bool
pool_is_empty(const struct pool *pool)
{
	size_t i;

	for (i = 0; i < pool->n; i++)
		if (pool->children[i].pid != 0)
			return false;
	return true;
}
