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
rundir_log(const struct conf *conf, enum role_kind role, struct err *err)
{
	struct privilege p = { NULL, 0, 0 };
	struct arena *a;
	int rc = 0;

	if (conf->log[0] != '/')
		return 0;
	a = arena_new();
	if (is_root())
		rc = privilege_find(role_user(conf, role), &p, err);
	if (rc == 0)
		rc = make_file(rundir_log_target(conf, a, roles[role].program), &p, err);
	arena_free(a);
	return rc;
}

int
rundir_files(const struct conf *conf, struct err *err)
{
	struct privilege va = { NULL, 0, 0 }, sign = va;
	struct arena *a = arena_new();
	int rc = 0, role;
	size_t i;

	if (is_root() && (privilege_find(conf->user_va, &va, err) != 0 ||
	    privilege_find(conf->user_sign, &sign, err) != 0))
		rc = -1;
	for (i = 0; rc == 0 && i < conf->queues.n; i++)
		rc = make_file(arena_printf(a, "%s/slot-%s.lock", conf->run_dir,
		    conf->queues.v[i]), &va, err);
	if (rc == 0)
		rc = make_file(arena_printf(a, "%s/slot-sign.lock", conf->run_dir), &sign, err);
	if (rc == 0)
		rc = make_file(arena_printf(a, "%s/slot-crl.lock", conf->run_dir), &sign, err);
	for (role = 0; rc == 0 && role < ROLE__MAX; role++)
		rc = rundir_log(conf, (enum role_kind)role, err);
	arena_free(a);
	return rc;
}

int
rundir_prepare(const struct conf *conf, struct err *err)
{
	struct privilege web = { NULL, (uid_t)-1, (gid_t)-1 };
	struct arena *a = arena_new();
	int rc = 0;

	if (is_root())
		rc = privilege_find(conf->user_web, &web, err);
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
		rc = rundir_files(conf, err);
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

/* Only responders are to have it: others get /dev/null for standard input. */
static int
take_over(int fd, struct err *err)
{
	int null, own = fcntl(fd, F_DUPFD_CLOEXEC, LISTEN_FDS_START);

	if (own < 0)
		return err_internal(err, "descriptor %d: %s", fd, strerror(errno));
	if (fd != STDIN_FILENO) {
		(void)close(fd);
		return own;
	}
	if ((null = open("/dev/null", O_RDONLY | O_CLOEXEC)) < 0 ||
	    dup2(null, STDIN_FILENO) < 0) {
		(void)close(own);
		return failed(err, "/dev/null");
	}
	(void)close(null);
	return own;
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

/*
 * Children of an earlier caasd may still serve the socket at this path: it is
 * replaced at once, so that there is never none.
 */
static int
make_socket(const struct conf *conf, struct err *err)
{
	struct sockaddr_un sun = { .sun_family = AF_UNIX };
	int fd;

	if ((size_t)snprintf(sun.sun_path, sizeof(sun.sun_path), "%s.new", conf->listen) >=
	    sizeof(sun.sun_path))
		return err_internal(err, "%s: the path is too long", conf->listen);
	if ((fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) < 0)
		return failed(err, conf->listen);
	(void)unlink(sun.sun_path);
	if (bind(fd, (struct sockaddr *)&sun, sizeof(sun)) != 0 ||
	    listen(fd, (int)conf->listen_backlog) != 0) {
		(void)close(fd);
		return failed(err, sun.sun_path);
	}
	if (set_access(conf, sun.sun_path, err) != 0) {
		(void)close(fd);
		return -1;
	}
	if (rename(sun.sun_path, conf->listen) != 0) {
		(void)close(fd);
		return failed(err, conf->listen);
	}
	return fd;
}

int
rundir_listen(const struct conf *conf, struct err *err)
{
	int fd = inherited();

	return fd >= 0 ? take_over(fd, err) : make_socket(conf, err);
}

void
rundir_forget(const struct conf *conf, pid_t pid)
{
	char path[256];

	(void)snprintf(path, sizeof(path), "%s/bell/p%ld", conf->run_dir, (long)pid);
	(void)unlink(path);
}
