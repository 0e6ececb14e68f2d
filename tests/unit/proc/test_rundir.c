/* SPDX-License-Identifier: BSD-2-Clause */
/* proc/rundir: one caasd for a directory, its socket, its children's names (design.md 1). */
#include "proc/rundir.h"
#include "tap.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static char dir[] = "/tmp/caas-rundir.XXXXXX";
static struct arena *arena;

static const char *
in_dir(const char *name)
{
	return arena_printf(arena, "%s/%s", dir, name);
}

/* A second caasd is another process: locks are shared within one. */
static bool
may_lock(const struct conf *conf)
{
	struct err err;
	int status = 1;
	pid_t pid = fork();

	if (pid == 0)
		_exit(rundir_lock(conf, &err) >= 0 ? 0 : 1);
	return waitpid(pid, &status, 0) == pid && status == 0;
}

static void
test_lock(const struct conf *conf)
{
	struct err err;
	int fd = rundir_lock(conf, &err);

	tap_ok(fd >= 0, "the first caasd has the directory");
	tap_ok(!may_lock(conf), "a second one does not get it");
	tap_ok((fcntl(fd, F_GETFD) & FD_CLOEXEC) != 0, "no child inherits the lock");
	(void)close(fd);
	tap_ok(may_lock(conf), "the next one gets it");
	(void)unlink(in_dir("caasd.lock"));
}

static bool
connects(const char *path)
{
	struct sockaddr_un sun = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	bool ok;

	ok = view_copy(view_of(path), sun.sun_path, sizeof(sun.sun_path)) == 0 &&
	    connect(fd, (struct sockaddr *)&sun, sizeof(sun)) == 0;
	(void)close(fd);
	return ok;
}

static void
test_listen(struct conf *conf)
{
	struct err err;
	struct stat st;
	char *longname;
	int first, second;

	conf->listen = in_dir("fcgi.sock");
	first = rundir_listen(conf, &err);
	tap_ok(first >= 0 && connects(conf->listen), "it listens on the socket");
	tap_ok(stat(conf->listen, &st) == 0 && (st.st_mode & 0777) == 0660,
	    "which only owner and group may use");
	second = rundir_listen(conf, &err);
	tap_ok(second >= 0 && connects(conf->listen), "one that was left is replaced");
	(void)close(first);
	(void)close(second);
	conf->listen_group = "no-such-group-anywhere";
	tap_ok(rundir_listen(conf, &err) == -1 && strstr(err.inner, "no-such-group") != NULL,
	    "an unknown group is an error that names it");
	conf->listen_group = "";
	(void)unlink(conf->listen);
	longname = arena_alloc(arena, 200);
	memset(longname, 'x', 199);
	conf->listen = longname;
	tap_ok(rundir_listen(conf, &err) == -1, "a path too long for a socket is an error");
}

/* systemd's way: descriptor 3 and two variables. */
/* It is the socket of that path, and no child gets it unasked. */
static bool
is_taken(int fd, const char *path)
{
	struct sockaddr_un sun = { .sun_family = AF_UNSPEC };
	socklen_t n = sizeof(sun);

	return fd >= 3 && getsockname(fd, (struct sockaddr *)&sun, &n) == 0 &&
	    strcmp(sun.sun_path, path) == 0 && (fcntl(fd, F_GETFD) & FD_CLOEXEC) != 0;
}

static void
test_inherited(struct conf *conf)
{
	struct sockaddr_un sun = { .sun_family = AF_UNIX };
	struct err err;
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	int status = -1;
	pid_t pid;

	(void)snprintf(sun.sun_path, sizeof(sun.sun_path), "%s/systemd.sock", dir);
	if (bind(fd, (struct sockaddr *)&sun, sizeof(sun)) != 0 || listen(fd, 1) != 0)
		abort();
	conf->listen = in_dir("fcgi.sock");
	if ((pid = fork()) == 0) {
		(void)dup2(fd, 10);
		(void)dup2(10, 3);
		(void)setenv("LISTEN_FDS", "1", 1);
		(void)setenv("LISTEN_PID", arena_printf(arena, "%ld", (long)getpid()), 1);
		status = is_taken(rundir_listen(conf, &err), sun.sun_path) ? 0 : 1;
		/* Variables for somebody else are not for us. */
		(void)dup2(10, 3);
		(void)setenv("LISTEN_PID", "1", 1);
		if (is_taken(rundir_listen(conf, &err), sun.sun_path))
			status |= 2;
		(void)dup2(10, STDIN_FILENO);
		if (!is_taken(rundir_listen(conf, &err), sun.sun_path) ||
		    is_taken(STDIN_FILENO, sun.sun_path))
			status |= 4;
		_exit(status);
	}
	(void)waitpid(pid, &status, 0);
	status = WIFEXITED(status) ? WEXITSTATUS(status) : 255;
	tap_ok((status & 1) == 0, "a socket that systemd hands over is taken");
	tap_ok((status & 2) == 0, "unless it is handed to another process");
	tap_ok((status & 4) == 0, "one on descriptor 0 is taken, as of spawn-fcgi, and moved away from there");
	(void)close(fd);
	(void)unlink(sun.sun_path);
	(void)unlink(conf->listen);
}

static void
test_logs(struct conf *conf)
{
	tap_is_view(view_of(rundir_log_target(conf, arena, "caas-signer")), VIEW("stderr"),
	    "a word is the target of all");
	conf->log = "/var/log/caas";
	tap_is_view(view_of(rundir_log_target(conf, arena, "caas-signer")),
	    VIEW("/var/log/caas/caas-signer.log"), "in a directory each has its file");
}

static void
test_forget(const struct conf *conf)
{
	int fd;

	(void)mkdir(in_dir("bell"), 0700);
	fd = open(in_dir("bell/p42"), O_CREAT | O_WRONLY, 0600);
	(void)close(fd);
	rundir_forget(conf, 43);
	tap_ok(access(in_dir("bell/p42"), F_OK) == 0, "another's bell stays");
	rundir_forget(conf, 42);
	tap_ok(access(in_dir("bell/p42"), F_OK) != 0, "that of a child that is gone goes");
	(void)rmdir(in_dir("bell"));
}

int
main(void)
{
	struct conf conf = { .log = "stderr", .listen_group = "", .listen_backlog = 16,
	    .run_dir = dir };

	if (mkdtemp(dir) == NULL)
		return 99;
	arena = arena_new();
	test_lock(&conf);
	test_listen(&conf);
	test_inherited(&conf);
	test_logs(&conf);
	test_forget(&conf);
	tap_ok(rmdir(dir) == 0, "nothing else is made");
	arena_free(arena);
	return tap_done();
}
