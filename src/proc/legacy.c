/* SPDX-License-Identifier: BSD-2-Clause */
/* RUN_DIR/pool: one line "PID START" a child. */
#include "proc/legacy.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/pidfd.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/log.h"
#include "conf/conf.h"

#define FILE_MAX	((size_t)64 * 1024)
#define LINE_MIN	4	/* characters of the shortest line: "2 1\n" */
#define STAT_START	22	/* field of proc_pid_stat(5): starttime */

struct survivor {
	struct legacy		*legacy;
	pid_t			 pid;
	int			 pidfd;		/* -1: it has ended */
	struct loop_watch	 watch;
};

struct legacy {
	struct arena		*arena;
	struct loop		*loop;
	void			(*gone)(void *arg, pid_t);
	void			*arg;
	struct survivor		*survivors;
	size_t			 n;
};

/* When the kernel started the process, in its ticks; 0 when it is not there. */
static uint64_t
start_of(pid_t pid)
{
	struct arena *a = arena_new();
	struct view text, field;
	uint64_t start = 0;
	struct err err;
	unsigned i;

	if (conf_read_file(a, arena_printf(a, "/proc/%ld/stat", (long)pid), 4096, &text,
	    &err) == 0) {
		/* The second field is in parentheses and may hold anything. */
		while (view_has(text, ')'))
			(void)view_cut(&text, ')');
		for (i = 2; i < STAT_START; i++)
			(void)view_cut(&text, ' ');
		field = view_cut(&text, ' ');
		if (view_u64(field, UINT64_MAX, &start) != 0)
			start = 0;
	}
	arena_free(a);
	return start;
}

void
legacy_write(const char *run_dir, const pid_t *pids, size_t n)
{
	char path[256], tmp[264], line[64];
	size_t i;
	int fd, len;
	bool ok;

	(void)snprintf(path, sizeof(path), "%s/pool", run_dir);
	(void)snprintf(tmp, sizeof(tmp), "%s.new", path);
	if ((fd = open(tmp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)) < 0)
		return;
	for (i = 0, ok = true; ok && i < n; i++) {
		len = snprintf(line, sizeof(line), "%ld %llu\n", (long)pids[i],
		    (unsigned long long)start_of(pids[i]));
		ok = write(fd, line, (size_t)len) == len;
	}
	(void)close(fd);
	if (!ok || rename(tmp, path) != 0)
		log_event(LOG_WARNING, "pool.write", LOGF_S("path", path));
}

static void
let_go(struct survivor *s)
{
	loop_unwatch(s->legacy->loop, &s->watch);
	if (s->pidfd >= 0)
		(void)close(s->pidfd);
	s->pidfd = -1;
}

static void
on_end(void *arg, uint32_t events UNUSED)
{
	struct survivor *s = arg;

	log_event(LOG_NOTICE, "legacy.end", LOGF_I("child", s->pid));
	let_go(s);
	s->legacy->gone(s->legacy->arg, s->pid);
}

/* By a descriptor it stays the same process, whatever becomes of its number. */
static void
adopt(struct legacy *l, pid_t pid, uint64_t start)
{
	struct survivor *s = &l->survivors[l->n];

	*s = (struct survivor){ .legacy = l, .pid = pid, .watch = { .fn = on_end, .arg = s } };
	if ((s->pidfd = pidfd_open(pid, 0)) < 0)
		return;
	if (start_of(pid) != start || loop_watch(l->loop, &s->watch, s->pidfd, EPOLLIN) != 0) {
		let_go(s);
		return;
	}
	log_event(LOG_NOTICE, "legacy.found", LOGF_I("child", pid));
	l->n++;
}

struct legacy *
legacy_read(struct loop *loop, const char *run_dir, void (*gone)(void *arg, pid_t),
    void *arg)
{
	struct arena *a = arena_new();
	struct legacy *l = arena_alloc(a, sizeof(*l));
	struct view text = VIEW_NONE, line, word;
	uint64_t pid, start;
	struct err err;

	l->arena = a;
	l->loop = loop;
	l->gone = gone;
	l->arg = arg;
	/* The first caasd of all finds no file. */
	if (conf_read_file(a, arena_printf(a, "%s/pool", run_dir), FILE_MAX, &text,
	    &err) != 0)
		return l;
	l->survivors = arena_array(a, text.n / LINE_MIN + 1, sizeof(*l->survivors));
	while (text.n != 0) {
		line = view_cut(&text, '\n');
		word = view_cut(&line, ' ');
		if (view_u64(word, INT32_MAX, &pid) == 0 && pid > 1 &&
		    view_u64(line, UINT64_MAX, &start) == 0 && start != 0)
			adopt(l, (pid_t)pid, start);
	}
	return l;
}

void
legacy_free(struct legacy *l)
{
	size_t i;

	if (l == NULL)
		return;
	for (i = 0; i < l->n; i++)
		let_go(&l->survivors[i]);
	arena_free(l->arena);
}

size_t
legacy_pids(const struct legacy *l, pid_t *pids, size_t max)
{
	size_t i, n = 0;

	for (i = 0; i < l->n && n < max; i++)
		if (l->survivors[i].pidfd >= 0)
			pids[n++] = l->survivors[i].pid;
	return n;
}

void
legacy_signal(struct legacy *l, int signo)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		if (l->survivors[i].pidfd >= 0)
			(void)pidfd_send_signal(l->survivors[i].pidfd, signo, NULL, 0);
}
