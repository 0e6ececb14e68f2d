/* SPDX-License-Identifier: BSD-2-Clause */
/* curl's multi interface in the loop, driven by curl_multi_socket_action(). */
#include "probe/curlloop.h"

#include <errno.h>

#include "base/log.h"

struct curlloop {
	struct loop		*loop;
	CURLM			*multi;
	struct loop_timer	 timer;
	curlloop_end		 end;
};

struct curlsock {
	struct curlloop		*cl;
	struct loop_watch	 watch;
};

/* Callbacks run outside of curl, so that they may start and stop transfers. */
static void
tell_ended(struct curlloop *cl)
{
	CURLMsg *msg;
	CURL *easy;
	CURLcode code;
	void *arg;
	int left;

	while ((msg = curl_multi_info_read(cl->multi, &left)) != NULL) {
		easy = msg->easy_handle;
		code = msg->data.result;	/* msg dies with the removal */
		arg = NULL;
		(void)curl_easy_getinfo(easy, CURLINFO_PRIVATE, &arg);
		curlloop_remove(cl, easy);
		cl->end(arg, code);
	}
}

static void
on_event(void *arg, uint32_t events)
{
	struct curlsock *s = arg;
	struct curlloop *cl = s->cl;
	int what = 0, running;

	if (events & EPOLLIN)
		what |= CURL_CSELECT_IN;
	if (events & EPOLLOUT)
		what |= CURL_CSELECT_OUT;
	if (events & (EPOLLERR | EPOLLHUP))
		what |= CURL_CSELECT_ERR;
	/* This may end the socket, and with it s. */
	(void)curl_multi_socket_action(cl->multi, s->watch.fd, what, &running);
	tell_ended(cl);
}

static void
on_timer(void *arg)
{
	struct curlloop *cl = arg;
	int running;

	(void)curl_multi_socket_action(cl->multi, CURL_SOCKET_TIMEOUT, 0, &running);
	tell_ended(cl);
}

static int
set_timer(CURLM *multi, long ms, void *arg)
{
	struct curlloop *cl = arg;

	(void)multi;
	if (ms < 0)
		loop_timer_cancel(cl->loop, &cl->timer);
	else
		loop_timer_set(cl->loop, &cl->timer, ms);
	return 0;
}

static struct curlsock *
curlsock_new(struct curlloop *cl, curl_socket_t fd)
{
	struct curlsock *s;

	if ((s = calloc(1, sizeof(*s))) == NULL)
		return NULL;
	s->cl = cl;
	s->watch.fn = on_event;
	s->watch.arg = s;
	(void)curl_multi_assign(cl->multi, fd, s);
	return s;
}

/*
 * Always 0: with anything else curl gives up all transfers at once.  One whose
 * socket cannot be watched ends by its timeout.
 */
static int
set_socket(CURL *easy, curl_socket_t fd, int what, void *arg, void *sockp)
{
	struct curlloop *cl = arg;
	struct curlsock *s = sockp;
	uint32_t events = 0;

	(void)easy;
	if (what == CURL_POLL_REMOVE) {
		if (s != NULL)
			loop_unwatch(cl->loop, &s->watch);
		free(s);
		return 0;
	}
	if (s == NULL && (s = curlsock_new(cl, fd)) == NULL)
		return 0;
	if (what & CURL_POLL_IN)
		events |= EPOLLIN;
	if (what & CURL_POLL_OUT)
		events |= EPOLLOUT;
	if (loop_watch(cl->loop, &s->watch, fd, events) != 0)
		log_event(LOG_ERR, "fetch.watch", LOGF_I("errno", errno));
	return 0;
}

struct curlloop *
curlloop_new(struct loop *loop, curlloop_end end)
{
	struct curlloop *cl;

	if ((cl = calloc(1, sizeof(*cl))) == NULL)
		return NULL;
	cl->loop = loop;
	cl->end = end;
	cl->timer.fn = on_timer;
	cl->timer.arg = cl;
	if ((cl->multi = curl_multi_init()) == NULL ||
	    curl_multi_setopt(cl->multi, CURLMOPT_SOCKETFUNCTION, set_socket) != CURLM_OK ||
	    curl_multi_setopt(cl->multi, CURLMOPT_SOCKETDATA, cl) != CURLM_OK ||
	    curl_multi_setopt(cl->multi, CURLMOPT_TIMERFUNCTION, set_timer) != CURLM_OK ||
	    curl_multi_setopt(cl->multi, CURLMOPT_TIMERDATA, cl) != CURLM_OK) {
		curlloop_free(cl);
		return NULL;
	}
	return cl;
}

void
curlloop_free(struct curlloop *cl)
{
	if (cl == NULL)
		return;
	(void)curl_multi_cleanup(cl->multi);
	loop_timer_cancel(cl->loop, &cl->timer);
	free(cl);
}

int
curlloop_add(struct curlloop *cl, CURL *easy, void *arg)
{
	if (curl_easy_setopt(easy, CURLOPT_PRIVATE, arg) != CURLE_OK)
		return -1;
	return curl_multi_add_handle(cl->multi, easy) == CURLM_OK ? 0 : -1;
}

void
curlloop_remove(struct curlloop *cl, CURL *easy)
{
	(void)curl_multi_remove_handle(cl->multi, easy);
}
