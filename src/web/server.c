/* SPDX-License-Identifier: BSD-2-Clause */
/* Accepting, waiting for whole requests, parking held ones. */
#include "web/server.h"

#include <errno.h>
#include <fcgiapp.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/log.h"
#include "web/receive.h"
#include "web/record.h"
#include "web/send.h"
#include "web/serve.h"

#define CONNS_MAX	256		/* open at once in a worker */
#define ARRIVE_MS	2000		/* for a whole request to arrive */
#define PEEK_MAX	((size_t)256 * 1024)
#define HANDOVER	((size_t)24 * 1024)	/* then read: a socket buffer may hold little more */

struct conn {
	struct conn		*next, *prev;
	struct web_server	*server;
	int			 fd;
	struct loop_watch	 watch;
	struct loop_timer	 timer;		/* arrival, or the next look at a held row */
	FCGX_Request		 fcgi;
	bool			 is_read;	/* libfcgi has the request */
	struct req		 req;
	int64_t			 held_ms;	/* since when, mono_ms() */
	unsigned		 looks;		/* at the held row */
};

struct web_server {
	struct server_conf	 c;
	struct loop_watch	 listening;
	struct conn		*conns;
	size_t			 nconns;
	bool			 is_draining;
	char			*peek;		/* PEEK_MAX bytes */
};

/* When a held row is read again, in ms after the one before. */
static const int64_t look_ms[] = { 50, 50, 100, 300, 500 };

static void on_accept(void *, uint32_t);

/* Connections that wait are for others of the pool, or until there is room here. */
static int
listen_on(struct web_server *s)
{
	return s->listening.on ? 0 : loop_watch(s->c.loop, &s->listening, s->c.listen_fd,
	    EPOLLIN | EPOLLEXCLUSIVE);
}

int
web_server_new(const struct server_conf *conf, struct web_server **out, struct err *err)
{
	struct web_server *s;

	*out = NULL;
	if ((s = calloc(1, sizeof(*s))) == NULL || (s->peek = malloc(PEEK_MAX)) == NULL) {
		free(s);
		return err_internal(err, "out of memory");
	}
	s->c = *conf;
	s->listening.fn = on_accept;
	s->listening.arg = s;
	if (FCGX_Init() != 0 || fcntl(conf->listen_fd, F_SETFL, O_NONBLOCK) != 0 ||
	    listen_on(s) != 0) {
		(void)err_internal(err, "FastCGI socket: %s", strerror(errno));
		web_server_free(s);
		return -1;
	}
	*out = s;
	return 0;
}

static void
conn_free(struct conn *c)
{
	struct web_server *s = c->server;

	loop_unwatch(s->c.loop, &c->watch);
	loop_timer_cancel(s->c.loop, &c->timer);
	if (c->is_read) {
		/* Flush, but leave closing to us: libfcgi would wait for the peer's. */
		c->fcgi.keepConnection = 1;
		c->fcgi.detached = 1;
		FCGX_Finish_r(&c->fcgi);
		c->fd = c->fcgi.ipcFd;
	}
	if (c->fd >= 0)
		(void)close(c->fd);
	if (c->req.at_end != NULL)
		c->req.at_end(&c->req);
	if (c->next != NULL)
		c->next->prev = c->prev;
	if (c->prev != NULL)
		c->prev->next = c->next;
	else
		s->conns = c->next;
	s->nconns--;
	if (!s->is_draining && s->nconns == CONNS_MAX - 1 && listen_on(s) != 0)
		log_event(LOG_CRIT, "listen", LOGF_S("error", strerror(errno)));
	arena_free(c->req.arena);
	free(c);
}

void
web_server_free(struct web_server *s)
{
	struct conn *c, *next;

	if (s == NULL)
		return;
	s->is_draining = true;
	loop_unwatch(s->c.loop, &s->listening);
	for (c = s->conns; c != NULL; c = next) {
		next = c->next;
		conn_free(c);
	}
	free(s->peek);
	free(s);
}

/*
 * The end of a reply that broke off.  A web server that keeps no connection takes its
 * end for that of the body, and the protocol has no word for failure: a record of no
 * version that there is makes the server give up its own answer (FastCGI s3.3).
 */
static void
break_off(struct conn *c)
{
	static const uint8_t no_record[8];

	FCGX_Free(&c->fcgi, 0);
	c->is_read = false;
	(void)send(c->fd, no_record, sizeof(no_record), MSG_NOSIGNAL | MSG_DONTWAIT);
}

static void
answer(struct conn *c)
{
	if (send_reply(&c->fcgi, &c->req) != 0)
		break_off(c);
	conn_free(c);
}

static void	on_look(void *);

/* Wait for the row, or for time alone. */
static void
park(struct conn *c)
{
	const struct hold *h = &c->req.hold;

	c->held_ms = mono_ms();
	c->looks = 0;
	c->timer.fn = on_look;
	loop_timer_set(c->server->c.loop, &c->timer,
	    h->ready != NULL && look_ms[0] < h->hold_ms ? look_ms[0] : h->hold_ms);
}

/* After serve() or serve_resume(): answer, unless the request is held. */
static void
settle(struct conn *c)
{
	struct web_server *s = c->server;

	while (c->req.hold.key != 0 && c->req.hold.hold_ms <= 0)
		serve_resume(&c->req, s->c.sites, s->c.nsites);
	if (c->req.hold.key != 0)
		park(c);
	else
		answer(c);
}

/* The row changed or time is up: go on.  Otherwise look again later. */
static void
look(struct conn *c, bool rung)
{
	struct web_server *s = c->server;
	struct req *r = &c->req;
	int64_t left = r->hold.hold_ms - (mono_ms() - c->held_ms);
	int64_t wait = look_ms[c->looks < NITEMS(look_ms) ? c->looks : NITEMS(look_ms) - 1];

	/* Also at the deadline: what is there by then is shown. */
	if ((r->hold.ready != NULL && r->hold.ready(r, r->hold.arg)) || left <= 0) {
		serve_resume(r, s->c.sites, s->c.nsites);
		settle(c);
		return;
	}
	if (!rung)
		c->looks++;
	loop_timer_set(s->c.loop, &c->timer, wait < left ? wait : left);
}

static void
on_look(void *arg)
{
	look(arg, false);
}

/* A whole request is there, or is being sent: let libfcgi read it. */
static int
fcgi_read(struct conn *c)
{
	struct timeval tv = { ARRIVE_MS / 1000, 0 };

	if (fcntl(c->fd, F_SETFL, 0) != 0 ||
	    setsockopt(c->fd, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv)) != 0 ||
	    setsockopt(c->fd, SOL_SOCKET, SO_SNDTIMEO, &tv, sizeof(tv)) != 0)
		return -1;
	(void)FCGX_InitRequest(&c->fcgi, -1, 0);
	c->fcgi.ipcFd = c->fd;
	/* Else libfcgi would close it as what an earlier request left. */
	c->fcgi.keepConnection = 1;
	c->fcgi.detached = 1;
	if (FCGX_Accept_r(&c->fcgi) != 0) {
		c->fd = -1;	/* libfcgi closed it */
		return -1;
	}
	c->fcgi.detached = 1;
	c->is_read = true;
	return 0;
}

static void
run(struct conn *c)
{
	struct web_server *s = c->server;
	struct req *r = &c->req;

	loop_unwatch(s->c.loop, &c->watch);
	loop_timer_cancel(s->c.loop, &c->timer);
	r->started_ms = mono_ms();
	if (fcgi_read(c) != 0) {
		conn_free(c);
		return;
	}
	r->arena = arena_new();
	r->app = s->c.app;
	r->now = clk_now(s->c.clk);
	reply_init(&r->reply, r->arena);
	receive_params(&c->fcgi, r);
	if (receive_body(&c->fcgi, r, serve_body_max(r, s->c.sites, s->c.nsites)) != 0) {
		conn_free(c);
		return;
	}
	serve(r, s->c.sites, s->c.nsites);
	settle(c);
}

/*
 * Look at what has arrived without taking it.  false: the connection waits for
 * more; true: it was served, parked or given up.
 */
static bool
arrived(struct conn *c)
{
	struct web_server *s = c->server;
	ssize_t n = recv(c->fd, s->peek, PEEK_MAX, MSG_PEEK | MSG_DONTWAIT);
	enum record_state state;

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return false;
	state = n > 0 ? record_scan(view_from(s->peek, (size_t)n)) : RECORD_BAD;
	if (state == RECORD_MORE && (size_t)n < HANDOVER)
		return false;
	if (state == RECORD_BAD)
		conn_free(c);
	else
		run(c);
	return true;
}

static void
on_data(void *arg, uint32_t events UNUSED)
{
	(void)arrived(arg);
}

static void
on_late(void *arg)
{
	conn_free(arg);
}

static struct conn *
conn_new(struct web_server *s, int fd)
{
	struct conn *c;

	if ((c = calloc(1, sizeof(*c))) == NULL)
		return NULL;
	c->server = s;
	c->fd = fd;
	c->next = s->conns;
	if (s->conns != NULL)
		s->conns->prev = c;
	s->conns = c;
	s->nconns++;
	c->watch.fn = on_data;
	c->watch.arg = c;
	c->timer.fn = on_late;
	c->timer.arg = c;
	return c;
}

/* Take a connection and what it sent; false: there was none, or no room. */
static bool
accept_one(struct web_server *s)
{
	struct conn *c;
	int fd;

	if (s->nconns >= CONNS_MAX ||
	    (fd = accept4(s->c.listen_fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) < 0)
		return false;
	if ((c = conn_new(s, fd)) == NULL) {
		(void)close(fd);
		return false;
	}
	/* Mostly the web server has sent all of it before we come to accept. */
	if (arrived(c))
		return true;
	loop_timer_set(s->c.loop, &c->timer, ARRIVE_MS);
	/* Each new byte wakes once, however long the rest takes. */
	if (loop_watch(s->c.loop, &c->watch, fd, EPOLLIN | EPOLLET) != 0)
		conn_free(c);
	return true;
}

static void
on_accept(void *arg, uint32_t events UNUSED)
{
	struct web_server *s = arg;

	/* One at a time: the others of the pool are awake too. */
	(void)accept_one(s);
	if (s->nconns >= CONNS_MAX)
		loop_unwatch(s->c.loop, &s->listening);
}

void
web_server_rung(struct web_server *s, const uint64_t *keys, size_t n)
{
	struct conn *c, *next;
	size_t i;

	for (c = s->conns; c != NULL; c = next) {
		next = c->next;
		for (i = 0; i < n; i++)
			if (c->is_read && c->req.hold.key != 0 &&
			    c->req.hold.key == keys[i]) {
				look(c, true);
				break;
			}
	}
}

/*
 * The socket may be ours alone, with nobody behind us who would take what waits in
 * its queue.
 */
void
web_server_drain(struct web_server *s)
{
	s->is_draining = true;
	loop_unwatch(s->c.loop, &s->listening);
	while (accept_one(s))
		;
}

size_t
web_server_open(const struct web_server *s)
{
	return s->nconns;
}
