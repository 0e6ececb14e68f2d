/* SPDX-License-Identifier: BSD-2-Clause */
/* status, reload: asked of caasd over its control socket. */
#include "ctl/ctl.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "proc/control.h"

#define ANSWER_MAX	((size_t)256 * 1024)
#define START_S		60	/* what a reload may take beside draining */

/* A line of the answer to "status". */
struct process {
	struct view	role, queue, pid, state;
	uint64_t	since_at, restarts;
};

static int
connect_caasd(struct ctl *c, struct err *err)
{
	const struct timeval patience = { c->conf->drain_s + START_S, 0 };
	struct sockaddr_un sun = { .sun_family = AF_UNIX };
	int fd;

	if ((size_t)snprintf(sun.sun_path, sizeof(sun.sun_path), "%s/" CONTROL_SOCKET,
	    c->conf->run_dir) >= sizeof(sun.sun_path))
		return err_internal(err, "%s: the path is too long", c->conf->run_dir);
	if ((fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) < 0 ||
	    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience)) != 0 ||
	    connect(fd, (struct sockaddr *)&sun, sizeof(sun)) != 0) {
		(void)err_internal(err, "%s: %s: does caasd run?", sun.sun_path,
		    strerror(errno));
		if (fd >= 0)
			(void)close(fd);
		return -1;
	}
	return fd;
}

/* Up to the end of the connection. */
static int
read_answer(int fd, struct buf *b, struct err *err)
{
	char part[4096];
	ssize_t n;

	while ((n = recv(fd, part, sizeof(part), 0)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_internal(err, "caasd does not answer: %s", strerror(errno));
		buf_bytes(b, part, (size_t)n);
	}
	return buf_failed(b) ? err_internal(err, "caasd says too much") : 0;
}

/* Ask; what stands before the last line, which must be "ok". */
static int
ask(struct ctl *c, const char *request, struct view *out, struct err *err)
{
	struct buf b = BUF_INIT(ANSWER_MAX);
	struct view text;
	int fd, rc;

	if ((fd = connect_caasd(c, err)) < 0)
		return -1;
	rc = send(fd, request, strlen(request), MSG_NOSIGNAL) == (ssize_t)strlen(request) ?
	    read_answer(fd, &b, err) : err_internal(err, "caasd: %s", strerror(errno));
	(void)close(fd);
	text = arena_view(c->arena, buf_view(&b));
	buf_release(&b);
	if (rc != 0)
		return -1;
	if (view_starts(text, VIEW("error ")))
		return err_set(err, ERR_CONFLICT, "%.*s", VIEW_ARG(view_trim(
		    view_sub(text, 6, text.n - 7))));
	if (!view_ends(text, VIEW("ok\n")))
		return err_internal(err, "caasd hung up: only root and the user of caasd "
		    "are answered");
	*out = view_sub(text, 0, text.n - 3);
	return 0;
}

static int
process_parse(struct view line, struct process *p)
{
	p->role = view_cut(&line, ' ');
	p->queue = view_cut(&line, ' ');
	p->pid = view_cut(&line, ' ');
	p->state = view_cut(&line, ' ');
	if (view_u64(view_cut(&line, ' '), INT64_MAX, &p->since_at) != 0)
		return -1;
	return view_u64(line, UINT64_MAX, &p->restarts);
}

static void
put_process(struct jsonw *w, const struct process *p)
{
	jsonw_open(w);
	jsonw_kv_str(w, "role", p->role);
	jsonw_key(w, "queue");
	if (view_is(p->queue, "-"))
		jsonw_raw(w, VIEW("null"));
	else
		jsonw_str(w, p->queue);
	jsonw_key(w, "pid");
	jsonw_raw(w, p->pid);
	jsonw_kv_str(w, "state", p->state);
	out_time(w, "since", (int64_t)p->since_at);
	jsonw_kv_int(w, "restarts", (int64_t)p->restarts);
	jsonw_close(w);
}

int
ctl_status(struct ctl *c, struct err *err)
{
	struct view lines;
	struct process p;

	if (ctl_args(c, 0, err) != 0 || ask(c, "status\n", &lines, err) != 0)
		return -1;
	jsonw_open_array(&c->out.w);
	while (lines.n != 0) {
		if (process_parse(view_cut(&lines, '\n'), &p) != 0)
			return err_internal(err, "caasd is of another version");
		put_process(&c->out.w, &p);
	}
	jsonw_close_array(&c->out.w);
	return 0;
}

int
ctl_reload(struct ctl *c, struct err *err)
{
	struct view nothing;

	if (ctl_args(c, 0, err) != 0 || ask(c, "reload\n", &nothing, err) != 0)
		return -1;
	out_did(&c->out, "reloaded", c->conf_path);
	return 0;
}
