/* SPDX-License-Identifier: BSD-2-Clause */
/* Directories, locks, log files and the listening socket. */
#include "proc/rundir.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define LISTEN_FDS_START	3	/* sd_listen_fds(3) */

static int
failed(struct err *err, const char *path)
{
	return err_internal(err, "%s: %s", path, strerror(errno));
}

static bool
is_root(void)
{
	return geteuid() == 0;
}

/* uid and gid (uid_t)-1: leave as they are. */
static int
make_dir(const char *path, mode_t mode, uid_t uid, gid_t gid, struct err *err)
{
	if (mkdir(path, 0700) != 0 && errno != EEXIST)
		return failed(err, path);
	if (is_root() && chown(path, uid, gid) != 0)
		return failed(err, path);
	/* After a change of owner only an owner that is us may do this. */
	if ((uid == (uid_t)-1 || !is_root() || uid == 0) && chmod(path, mode) != 0)
		return failed(err, path);
	return 0;
}

static int
make_file(const char *path, const struct privilege *p, struct err *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0640);

	/* One that is there already and belongs to its role is as it should be. */
	if (fd < 0 && errno == EACCES && is_root())
		return 0;
	if (fd < 0)
		return failed(err, path);
	if (is_root() && p != NULL && fchown(fd, p->uid, p->gid) != 0) {
		(void)close(fd);
		return failed(err, path);
	}
	(void)close(fd);
	return 0;
}

const char *
rundir_log_target(const struct conf *conf, struct arena *a, const char *program)
{
	if (conf->log[0] != '/')
		return conf->log;
	return arena_printf(a, "%s/%s.log", conf->log, program);
}

int
rundir_logs(const struct conf *conf, struct err *err)
{
	struct arena *a = arena_new();
	struct privilege p;
	int rc = 0;
	unsigned k;

	for (k = 0; rc == 0 && conf->log[0] == '/' && k < ROLE__MAX; k++) {
		if (is_root())
			rc = privilege_find(role_user(conf, (enum role_kind)k), &p, err);
		if (rc == 0)
			rc = make_file(rundir_log_target(conf, a, roles[k].program), &p, err);
	}
	arena_free(a);
	return rc;
}

static int
make_locks(const struct conf *conf, struct arena *a, const struct privilege *va,
    const struct privilege *sign, struct err *err)
{
	size_t i;

	for (i = 0; i < conf->queues.n; i++)
		if (make_file(arena_printf(a, "%s/slot-%s.lock", conf->run_dir,
		    conf->queues.v[i]), va, err) != 0)
			return -1;
	return make_file(arena_printf(a, "%s/slot-sign.lock", conf->run_dir), sign, err);
}

int
rundir_prepare(const struct conf *conf, struct err *err)
{
	struct privilege web = { NULL, (uid_t)-1, (gid_t)-1 }, va = web, sign = web;
	struct arena *a = arena_new();
	int rc = 0;

	if (is_root() && (privilege_find(conf->user_web, &web, err) != 0 ||
	    privilege_find(conf->user_va, &va, err) != 0 ||
	    privilege_find(conf->user_sign, &sign, err) != 0))
		rc = -1;
	if (rc == 0)
		rc = make_dir(conf->run_dir, 0755, (uid_t)-1, (gid_t)-1, err);
	/* Whoever may ring is in the group of the responders. */
	if (rc == 0)
		rc = make_dir(arena_printf(a, "%s/bell", conf->run_dir), 03770,
		    (uid_t)-1, web.gid, err);
	if (rc == 0)
		rc = make_dir(arena_printf(a, "%s/web", conf->run_dir), 0700, web.uid,
		    web.gid, err);
	if (rc == 0)
		rc = make_locks(conf, a, &va, &sign, err);
	if (rc == 0)
		rc = rundir_logs(conf, err);
	arena_free(a);
	return rc;
}

int
rundir_lock(const struct conf *conf, struct err *err)
{
	char path[256];
	int fd;

	(void)snprintf(path, sizeof(path), "%s/caasd.lock", conf->run_dir);
	if ((fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600)) < 0)
		return failed(err, path);
	if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		(void)close(fd);
		return err_internal(err, "%s: another caasd runs here", path);
	}
	return fd;
}

static bool
is_listening(int fd)
{
	int yes = 0;
	socklen_t n = sizeof(yes);

	return getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &yes, &n) == 0 && yes != 0;
}

/* The socket of systemd, or of spawn-fcgi and mod_fcgid; -1 when there is none. */
static int
inherited(void)
{
	const char *pid = getenv("LISTEN_PID"), *fds = getenv("LISTEN_FDS");
	uint64_t n;

	if (pid != NULL && fds != NULL &&
	    view_u64(view_of(pid), INT32_MAX, &n) == 0 && (pid_t)n == getpid() &&
	    view_u64(view_of(fds), 1, &n) == 0 && n == 1 && is_listening(LISTEN_FDS_START))
		return LISTEN_FDS_START;
	return is_listening(STDIN_FILENO) ? STDIN_FILENO : -1;
}

static int
set_access(const struct conf *conf, const char *path, struct err *err)
{
	const struct group *gr;

	if (conf->listen_group[0] != '\0') {
		if ((gr = getgrnam(conf->listen_group)) == NULL)
			return err_internal(err, "group %s: there is none of that name",
			    conf->listen_group);
		if (chown(path, (uid_t)-1, gr->gr_gid) != 0)
			return failed(err, path);
	}
	return chmod(path, 0660) == 0 ? 0 : failed(err, path);
}

int
rundir_listen(const struct conf *conf, struct err *err)
{
	struct sockaddr_un sun = { .sun_family = AF_UNIX };
	int fd = inherited();

	if (fd >= 0)
		return fd;
	if (view_copy(view_of(conf->listen), sun.sun_path, sizeof(sun.sun_path)) != 0)
		return err_internal(err, "%s: the path is too long", conf->listen);
	if ((fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) < 0)
		return failed(err, conf->listen);
	(void)unlink(conf->listen);
	if (bind(fd, (struct sockaddr *)&sun, sizeof(sun)) != 0 ||
	    listen(fd, (int)conf->listen_backlog) != 0) {
		(void)close(fd);
		return failed(err, conf->listen);
	}
	if (set_access(conf, conf->listen, err) != 0) {
		(void)close(fd);
		return -1;
	}
	return fd;
}

void
rundir_forget(const struct conf *conf, pid_t pid)
{
	char path[256];

	(void)snprintf(path, sizeof(path), "%s/bell/p%ld", conf->run_dir, (long)pid);
	(void)unlink(path);
}
