/* SPDX-License-Identifier: BSD-2-Clause */
/* A few clients at a time, one line each. */
#include "proc/control.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/log.h"

#define CLIENTS_MAX	16
#define LINE_MS		5000		/* for a request to arrive */
#define STATUS_MAX	((size_t)128 * 1024)
#define LEGACY_MAX	1024

struct client {
	struct control		*control;
	int			 fd;		/* -1: free */
	struct loop_watch	 watch;
	struct loop_timer	 late;
	char			 line[CONTROL_LINE_MAX];
	size_t			 n;
	bool			 waits;		/* for the end of reload */
	unsigned		 reload;
};

struct control {
	struct loop		*loop;
	struct pool		*pool;
	int			 fd;
	struct loop_watch	 watch;
	struct client		 clients[CLIENTS_MAX];
};

static const char *const command_names[] = { "", "status", "reload" };

enum control_command
control_parse(struct view line)
{
	enum control_command k;

	for (k = CONTROL_STATUS; k <= CONTROL_RELOAD; k++)
		if (view_is(line, command_names[k]))
			return k;
	return CONTROL_NONE;
}

static void
hang_up(struct client *c)
{
	loop_unwatch(c->control->loop, &c->watch);
	loop_timer_cancel(c->control->loop, &c->late);
	(void)close(c->fd);
	c->fd = -1;
	c->waits = false;
}

/* All at once: a client that does not read loses the rest. */
static void
answer(struct client *c, struct view text)
{
	if (send(c->fd, text.p, text.n, MSG_NOSIGNAL | MSG_DONTWAIT) != (ssize_t)text.n)
		log_event(LOG_WARNING, "control.cut", LOGF_U("bytes", text.n));
	hang_up(c);
}

static void
answer_error(struct client *c, const struct err *err)
{
	char text[ERR_DETAIL_MAX + 16];
	int n;

	n = snprintf(text, sizeof(text), "error %s\n",
	    err->inner[0] != '\0' ? err->inner : err->detail);
	answer(c, view_from(text, (size_t)n < sizeof(text) ? (size_t)n : sizeof(text) - 1));
}

static void
put_children(struct buf *b, const struct pool *pool)
{
	const struct child *c;

	for (c = pool_children(pool); c != NULL; c = c->next)
		buf_printf(b, "%s %s %ld %s %lld %u\n", role_name(c->role),
		    c->queue != NULL ? c->queue : "-", (long)c->pid,
		    child_state_name(c->state), (long long)c->started_at, c->restarts);
}

static void
answer_status(struct client *c)
{
	struct buf b = BUF_INIT(STATUS_MAX);
	pid_t pids[LEGACY_MAX];
	size_t i, n = pool_legacy(c->control->pool, pids, NITEMS(pids));

	put_children(&b, c->control->pool);
	for (i = 0; i < n; i++)
		buf_printf(&b, "earlier - %ld draining 0 0\n", (long)pids[i]);
	buf_str(&b, "ok\n");
	answer(c, buf_view(&b));
	buf_release(&b);
}

static void
answer_reload(struct client *c)
{
	struct err err;
	int rc = pool_reload_result(c->control->pool, c->reload, &err);

	if (rc > 0)
		answer(c, VIEW("ok\n"));
	else if (rc < 0)
		answer_error(c, &err);
}

static void
serve(struct client *c, struct view line)
{
	struct err err = ERR_INIT;

	switch (control_parse(line)) {
	case CONTROL_STATUS:
		answer_status(c);
		break;
	case CONTROL_RELOAD:
		loop_timer_cancel(c->control->loop, &c->late);
		c->reload = pool_reload(c->control->pool);
		c->waits = true;
		answer_reload(c);
		break;
	case CONTROL_NONE:
		(void)err_set(&err, ERR_MALFORMED, "there is no such command");
		answer_error(c, &err);
		break;
	}
}

static void
on_data(void *arg, uint32_t events UNUSED)
{
	struct client *c = arg;
	ssize_t n = recv(c->fd, c->line + c->n, sizeof(c->line) - c->n, MSG_DONTWAIT);
	struct view rest;

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	/* Also one that went away, and one that says more than its line. */
	if (n <= 0 || c->waits) {
		hang_up(c);
		return;
	}
	c->n += (size_t)n;
	rest = view_from(c->line, c->n);
	if (view_has(rest, '\n'))
		serve(c, view_cut(&rest, '\n'));
	else if (c->n == sizeof(c->line))
		hang_up(c);
}

static void
on_late(void *arg)
{
	hang_up(arg);
}

static bool
may_command(int fd)
{
	struct ucred who;
	socklen_t n = sizeof(who);

	return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &n) == 0 &&
	    (who.uid == 0 || who.uid == geteuid());
}

static struct client *
free_client(struct control *s)
{
	size_t i;

	for (i = 0; i < CLIENTS_MAX; i++)
		if (s->clients[i].fd < 0)
			return &s->clients[i];
	return NULL;
}

static void
on_accept(void *arg, uint32_t events UNUSED)
{
	struct control *s = arg;
	struct client *c;
	int fd = accept4(s->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);

	if (fd < 0)
		return;
	if (!may_command(fd) || (c = free_client(s)) == NULL) {
		(void)close(fd);
		return;
	}
	c->fd = fd;
	c->n = 0;
	c->waits = false;
	loop_timer_set(s->loop, &c->late, LINE_MS);
	if (loop_watch(s->loop, &c->watch, fd, EPOLLIN) != 0)
		hang_up(c);
}

static int
bind_socket(const char *run_dir, struct err *err)
{
	struct sockaddr_un sun = { .sun_family = AF_UNIX };
	mode_t mask;
	int fd, rc;

	if ((size_t)snprintf(sun.sun_path, sizeof(sun.sun_path), "%s/" CONTROL_SOCKET,
	    run_dir) >= sizeof(sun.sun_path))
		return err_internal(err, "%s: the path is too long", run_dir);
	if ((fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) < 0)
		return err_internal(err, "socket: %s", strerror(errno));
	(void)unlink(sun.sun_path);
	mask = umask(0177);
	rc = bind(fd, (struct sockaddr *)&sun, sizeof(sun));
	(void)umask(mask);
	if (rc != 0 || listen(fd, CLIENTS_MAX) != 0) {
		(void)close(fd);
		return err_internal(err, "%s: %s", sun.sun_path, strerror(errno));
	}
	return fd;
}

int
control_open(struct loop *loop, const char *run_dir, struct control **out, struct err *err)
{
	struct control *s;
	struct client *c;

	*out = NULL;
	if ((s = calloc(1, sizeof(*s))) == NULL)
		return err_internal(err, "out of memory");
	s->loop = loop;
	s->watch.fn = on_accept;
	s->watch.arg = s;
	for (c = s->clients; c < s->clients + CLIENTS_MAX; c++) {
		c->control = s;
		c->fd = -1;
		c->watch.fn = on_data;
		c->late.fn = on_late;
		c->watch.arg = c->late.arg = c;
	}
	if ((s->fd = bind_socket(run_dir, err)) < 0) {
		free(s);
		return -1;
	}
	*out = s;
	return 0;
}

void
control_serve(struct control *s, struct pool *pool)
{
	s->pool = pool;
	if (loop_watch(s->loop, &s->watch, s->fd, EPOLLIN) != 0)
		log_event(LOG_ERR, "control.deaf", LOGF_S("error", strerror(errno)));
}

void
control_close(struct control *s)
{
	size_t i;

	if (s == NULL)
		return;
	for (i = 0; i < CLIENTS_MAX; i++)
		if (s->clients[i].fd >= 0)
			hang_up(&s->clients[i]);
	loop_unwatch(s->loop, &s->watch);
	(void)close(s->fd);
	free(s);
}

void
control_reloaded(struct control *s)
{
	size_t i;

	for (i = 0; i < CLIENTS_MAX; i++)
		if (s->clients[i].fd >= 0 && s->clients[i].waits)
			answer_reload(&s->clients[i]);
}
