/* SPDX-License-Identifier: BSD-2-Clause */
/* RUN_DIR/pool: one line "PID START" a child. */
#include "proc/legacy.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/log.h"
#include "conf/conf.h"

#define FILE_MAX	((size_t)64 * 1024)
#define STAT_START	22	/* field of proc_pid_stat(5): starttime */

struct child {
	pid_t		pid;
	uint64_t	start;
};

struct legacy {
	struct arena	*arena;
	struct child	*children;
	size_t		 n;
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
			field = view_cut(&text, ' ');
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

struct legacy *
legacy_read(const char *run_dir)
{
	struct arena *a = arena_new();
	struct legacy *l = arena_alloc(a, sizeof(*l));
	struct view text, line, word;
	uint64_t pid, start;
	struct err err;

	l->arena = a;
	if (conf_read_file(a, arena_printf(a, "%s/pool", run_dir), FILE_MAX, &text,
	    &err) != 0) {
		arena_free(a);
		return NULL;
	}
	l->children = arena_array(a, text.n, sizeof(*l->children));
	while (text.n != 0) {
		line = view_cut(&text, '\n');
		word = view_cut(&line, ' ');
		if (view_u64(word, INT32_MAX, &pid) != 0 ||
		    view_u64(line, UINT64_MAX, &start) != 0 || start == 0 ||
		    start_of((pid_t)pid) != start)
			continue;
		l->children[l->n++] = (struct child){ (pid_t)pid, start };
	}
	if (l->n == 0) {
		arena_free(a);
		return NULL;
	}
	return l;
}

void
legacy_free(struct legacy *l)
{
	if (l != NULL)
		arena_free(l->arena);
}

void
legacy_end(struct legacy *l)
{
	size_t i;

	for (i = 0; l != NULL && i < l->n; i++)
		if (start_of(l->children[i].pid) == l->children[i].start) {
			log_event(LOG_NOTICE, "pool.legacy",
			    LOGF_I("child", l->children[i].pid));
			(void)kill(l->children[i].pid, SIGTERM);
		}
	legacy_free(l);
}
