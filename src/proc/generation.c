/* SPDX-License-Identifier: BSD-2-Clause */
/* RUN_DIR/caas.conf: the configuration in force; caas.conf.new: the next one. */
#include "proc/generation.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"

#define COPY_MAX	((size_t)512 * 1024)

static void
copy_path(const struct conf *conf, const char *suffix, char *out, size_t outsz)
{
	(void)snprintf(out, outsz, "%s/caas.conf%s", conf->run_dir, suffix);
}

static int
failed(struct err *err, const char *path)
{
	return err_internal(err, "%s: %s", path, strerror(errno));
}

/* A new file each time: whoever reads the one before keeps it. */
static int
write_copy(const char *path, struct view text, struct err *err)
{
	int fd;
	bool ok;

	(void)unlink(path);
	if ((fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)) < 0)
		return failed(err, path);
	/* Every role reads it; secrets never stand in it. */
	ok = write(fd, text.p, text.n) == (ssize_t)text.n && fchmod(fd, 0644) == 0;
	if (close(fd) != 0 || !ok)
		return failed(err, path);
	return 0;
}

int
generation_new(struct conf *conf, struct generation **out, struct err *err)
{
	struct buf text = BUF_INIT(COPY_MAX);
	struct generation *g;
	int rc;

	*out = NULL;
	if ((g = calloc(1, sizeof(*g))) == NULL)
		return err_internal(err, "out of memory");
	copy_path(conf, ".new", g->path, sizeof(g->path));
	conf_print(conf, &text);
	rc = buf_failed(&text) ? err_internal(err, "%s: too long", g->path) :
	    write_copy(g->path, buf_view(&text), err);
	buf_release(&text);
	if (rc != 0) {
		free(g);
		return -1;
	}
	g->conf = conf;
	*out = g;
	return 0;
}

int
generation_settle(struct generation *g, struct err *err)
{
	char path[sizeof(g->path)];

	copy_path(g->conf, "", path, sizeof(path));
	if (rename(g->path, path) != 0)
		return failed(err, path);
	memcpy(g->path, path, sizeof(path));
	return 0;
}

void
generation_free(struct generation *g)
{
	if (g == NULL)
		return;
	conf_free(g->conf);
	free(g);
}

int
generation_may_follow(const struct conf *now, const struct conf *next, struct err *err)
{
	const struct {
		const char	*key, *now, *next;
	} fixed[] = {
		{ "run_dir", now->run_dir, next->run_dir },
		{ "listen", now->listen, next->listen },
		{ "listen_group", now->listen_group, next->listen_group },
		{ "user_web", now->user_web, next->user_web },
		{ "user_va", now->user_va, next->user_va },
		{ "user_sign", now->user_sign, next->user_sign },
	};
	size_t i;

	for (i = 0; i < NITEMS(fixed); i++)
		if (strcmp(fixed[i].now, fixed[i].next) != 0)
			return err_set(err, ERR_MALFORMED, "%s was changed from '%s' to '%s': "
			    "this needs a restart", fixed[i].key, fixed[i].now, fixed[i].next);
	if (now->listen_backlog != next->listen_backlog)
		return err_set(err, ERR_MALFORMED, "listen_backlog was changed: this needs a "
		    "restart");
	return 0;
}
