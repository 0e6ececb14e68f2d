/* SPDX-License-Identifier: BSD-2-Clause */
/* Forking, and what follows from a child's beginning and end. */
#include "proc/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "proc/exec.h"
#include "proc/rundir.h"

#define LONG_ENOUGH_MS	((int64_t)1000)	/* a child that lived so long had no bad start */
#define DELAY_FIRST_MS	((int64_t)100)
#define DELAY_MAX_MS	((int64_t)10000)

static const char *const state_names[] = { "waiting", "starting", "running", "draining" };
_Static_assert(NITEMS(state_names) == CHILD__MAX, "a name for every state");

const char *
child_state_name(enum child_state s)
{
	return state_names[s];
}

static void
forget_ready(struct child *c)
{
	loop_unwatch(c->host->loop, &c->ready);
	if (c->ready_fd >= 0)
		(void)close(c->ready_fd);
	c->ready_fd = -1;
}

static void
on_ready(void *arg, uint32_t events UNUSED)
{
	struct child *c = arg;
	char byte;
	bool is_ready = read(c->ready_fd, &byte, 1) == 1;

	forget_ready(c);
	if (is_ready && c->state == CHILD_STARTING) {
		c->state = CHILD_RUNNING;
		c->host->changed(c->host->arg);
	}
}

static void
on_again(void *arg)
{
	struct child *c = arg;
	struct err err;

	c->restarts++;
	if (child_start(c, &err) != 0) {
		log_err(LOG_ERR, "child.start", &err);
		loop_timer_set(c->host->loop, &c->timer, DELAY_MAX_MS);
		return;
	}
	c->host->changed(c->host->arg);
}

static void
on_impatient(void *arg)
{
	struct child *c = arg;

	log_event(LOG_WARNING, "child.kill", LOGF_S("program", roles[c->role].program),
	    LOGF_I("child", c->pid), LOGF_I("after_s", c->gen->conf->drain_s));
	(void)kill(c->pid, SIGKILL);
}

int
child_new(const struct child_host *host, struct generation *gen, enum role_kind role,
    const char *queue, struct child **out, struct err *err)
{
	struct child *c;

	*out = NULL;
	if ((c = calloc(1, sizeof(*c))) == NULL)
		return err_internal(err, "out of memory");
	c->host = host;
	c->gen = gen;
	c->role = role;
	c->queue = queue;
	c->ready_fd = -1;
	c->ready.fn = on_ready;
	c->ready.arg = c;
	c->timer.arg = c;
	gen->nchildren++;
	*out = c;
	return 0;
}

void
child_free(struct child *c)
{
	forget_ready(c);
	loop_timer_cancel(c->host->loop, &c->timer);
	c->gen->nchildren--;
	free(c);
}

/* The pipe by which it says that it is ready; without one it counts as ready. */
static int
watch_ready(struct child *c, int pipe_fds[2], struct err *err)
{
	if (pipe2(pipe_fds, O_CLOEXEC | O_NONBLOCK) != 0)
		return err_internal(err, "pipe: %s", strerror(errno));
	c->ready_fd = pipe_fds[0];
	if (loop_watch(c->host->loop, &c->ready, c->ready_fd, EPOLLIN) == 0)
		return 0;
	forget_ready(c);
	(void)close(pipe_fds[1]);
	return err_internal(err, "epoll: %s", strerror(errno));
}

int
child_start(struct child *c, struct err *err)
{
	struct exec_plan plan = { .conf = c->gen->conf, .conf_path = c->gen->path,
	    .role = c->role, .queue = c->queue,
	    .stdin_fd = roles[c->role].listens ? c->host->listen_fd : -1 };
	int fds[2];

	/* Rotation may have taken the log away since: only we may make it again. */
	if (exec_prepare(&plan, err) != 0 || rundir_log(c->gen->conf, c->role, err) != 0 ||
	    watch_ready(c, fds, err) != 0)
		return -1;
	plan.ready_fd = fds[1];
	c->pid = fork();
	if (c->pid == 0)
		exec_become(&plan);
	(void)close(fds[1]);
	if (c->pid < 0) {
		c->pid = 0;
		forget_ready(c);
		return err_internal(err, "fork: %s", strerror(errno));
	}
	c->state = CHILD_STARTING;
	c->started_ms = mono_ms();
	c->started_at = clk_now(&clk_real);
	log_event(LOG_INFO, "child.start", LOGF_S("program", roles[c->role].program),
	    LOGF_I("child", c->pid), LOGF_S("queue", c->queue != NULL ? c->queue : ""));
	return 0;
}

void
child_drain(struct child *c)
{
	if (c->state == CHILD_DRAINING || c->pid == 0)
		return;
	c->state = CHILD_DRAINING;
	(void)kill(c->pid, SIGTERM);
	c->timer.fn = on_impatient;
	loop_timer_set(c->host->loop, &c->timer, c->gen->conf->drain_s * 1000);
}

void
child_ended(struct child *c, int status)
{
	int64_t lived = mono_ms() - c->started_ms;

	log_event(c->state == CHILD_DRAINING ? LOG_INFO : LOG_WARNING, "child.end",
	    LOGF_S("program", roles[c->role].program), LOGF_I("child", c->pid),
	    LOGF_I("exit", WIFEXITED(status) ? WEXITSTATUS(status) : -1),
	    LOGF_I("signal", WIFSIGNALED(status) ? WTERMSIG(status) : 0),
	    LOGF_I("lived_ms", lived));
	rundir_forget(c->gen->conf, c->pid);
	forget_ready(c);
	loop_timer_cancel(c->host->loop, &c->timer);
	c->pid = 0;
	c->failures = lived >= LONG_ENOUGH_MS ? 0 : c->failures + 1;
	if (c->state != CHILD_DRAINING)
		c->state = CHILD_WAITING;
}

void
child_again(struct child *c)
{
	int64_t ms = c->failures == 0 ? 0 : DELAY_FIRST_MS;
	unsigned i;

	for (i = 1; i < c->failures && ms < DELAY_MAX_MS; i++)
		ms *= 2;
	c->timer.fn = on_again;
	loop_timer_set(c->host->loop, &c->timer, ms < DELAY_MAX_MS ? ms : DELAY_MAX_MS);
}

int
child_check(const struct conf *conf, const char *conf_path, enum role_kind role,
    const char *queue, struct err *err)
{
	struct exec_plan plan = { .conf = conf, .conf_path = conf_path, .role = role,
	    .queue = queue, .stdin_fd = -1, .ready_fd = -1, .check = true };
	int status;
	pid_t pid;

	if (exec_prepare(&plan, err) != 0)
		return -1;
	if ((pid = fork()) < 0)
		return err_internal(err, "fork: %s", strerror(errno));
	if (pid == 0)
		exec_become(&plan);
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return err_internal(err, "wait: %s", strerror(errno));
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 :
	    err_set(err, ERR_MALFORMED, "%s%s%s does not find all that it needs",
	    roles[role].program, queue != NULL ? " -q " : "", queue != NULL ? queue : "");
}
