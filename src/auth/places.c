/* SPDX-License-Identifier: BSD-2-Clause */
/* A place that rests holds, in its file, the end of that in mono_ms(). */
#include "auth/places.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"

#define REST_MAX_MS	10000	/* more is left from before the machine was started */
#define NONE		UINT_MAX

struct places {
	unsigned	n;		/* open ones */
	unsigned	mine;		/* or NONE */
	int		fds[PLACES_MAX];
};

int
places_open(const char *dir, const char *name, unsigned n, struct places **out,
    struct err *err)
{
	struct places *p;
	char path[256];

	*out = NULL;
	if ((p = calloc(1, sizeof(*p))) == NULL)
		return err_internal(err, "out of memory");
	p->mine = NONE;
	for (; p->n < n && p->n < PLACES_MAX; p->n++) {
		(void)snprintf(path, sizeof(path), "%s/%s-%u.lock", dir, name, p->n + 1);
		p->fds[p->n] = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
		if (p->fds[p->n] < 0) {
			(void)err_internal(err, "%s: %s", path, strerror(errno));
			places_close(p);
			return -1;
		}
	}
	*out = p;
	return 0;
}

void
places_close(struct places *p)
{
	if (p == NULL)
		return;
	while (p->n > 0)
		(void)close(p->fds[--p->n]);
	free(p);
}

static bool
rests(int fd)
{
	int64_t until = 0, left;

	if (pread(fd, &until, sizeof(until), 0) != (ssize_t)sizeof(until))
		return false;
	left = until - mono_ms();
	return left > 0 && left <= REST_MAX_MS;
}

bool
places_take(struct places *p, bool hurry)
{
	unsigned i;

	for (i = 0; p->mine == NONE && i < p->n; i++) {
		if (flock(p->fds[i], LOCK_EX | LOCK_NB) != 0)
			continue;
		if (!hurry && rests(p->fds[i]))
			(void)flock(p->fds[i], LOCK_UN);
		else
			p->mine = i;
	}
	return p->mine != NONE;
}

void
places_leave(struct places *p, int64_t rest_ms)
{
	int64_t until = mono_ms() + rest_ms;
	int fd;

	if (p->mine == NONE)
		return;
	fd = p->fds[p->mine];
	p->mine = NONE;
	/* Without it the place only does not rest. */
	if (rest_ms > 0 && pwrite(fd, &until, sizeof(until), 0) < 0)
		log_event(LOG_WARNING, "places.rest", LOGF_S("error", strerror(errno)));
	(void)flock(fd, LOCK_UN);
}
