/* SPDX-License-Identifier: BSD-2-Clause */
/* signalfd(2) on the loop. */
#include "proc/signals.h"

#include <errno.h>
#include <sys/signalfd.h>
#include <unistd.h>

struct signals {
	struct loop		*loop;
	struct loop_watch	 watch;
	void			(*fn)(void *arg, int signo);
	void			*arg;
	int			 fd;
};

static void
on_signal(void *arg, uint32_t events UNUSED)
{
	struct signals *s = arg;
	struct signalfd_siginfo si;

	while (read(s->fd, &si, sizeof(si)) == (ssize_t)sizeof(si))
		s->fn(s->arg, (int)si.ssi_signo);
}

int
signals_open(struct loop *loop, const int *list, void (*fn)(void *arg, int signo),
    void *arg, struct signals **out, struct err *err)
{
	struct signals *s;
	sigset_t set;

	*out = NULL;
	(void)sigemptyset(&set);
	for (; *list != 0; list++)
		(void)sigaddset(&set, *list);
	if ((s = calloc(1, sizeof(*s))) == NULL)
		return err_internal(err, "out of memory");
	s->loop = loop;
	s->fn = fn;
	s->arg = arg;
	s->watch.fn = on_signal;
	s->watch.arg = s;
	(void)signal(SIGPIPE, SIG_IGN);
	if (sigprocmask(SIG_BLOCK, &set, NULL) != 0 ||
	    (s->fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC)) < 0) {
		free(s);
		return err_internal(err, "signalfd: %s", strerror(errno));
	}
	if (loop_watch(loop, &s->watch, s->fd, EPOLLIN) != 0) {
		signals_close(s);
		return err_internal(err, "epoll: %s", strerror(errno));
	}
	*out = s;
	return 0;
}

void
signals_close(struct signals *s)
{
	if (s == NULL)
		return;
	loop_unwatch(s->loop, &s->watch);
	(void)close(s->fd);
	free(s);
}

void
signals_reset(void)
{
	sigset_t set;

	(void)signal(SIGPIPE, SIG_DFL);
	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGTERM);
	(void)sigaddset(&set, SIGINT);
	(void)sigaddset(&set, SIGUSR1);
	(void)sigprocmask(SIG_SETMASK, &set, NULL);
}
