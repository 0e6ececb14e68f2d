/* SPDX-License-Identifier: BSD-2-Clause */
/* Servers of tests/fake as child processes, found by the line that they print when ready. */
#include "tap.h"
#include "stage.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"

#define READY_MS	20000
#define FILE_SIZE_MAX	((size_t)4 << 20)

static NORETURN void
give_up(const char *what)
{
	(void)printf("Bail out! %s: %s\n", what, strerror(errno));
	exit(1);
}

/* A thousand hanging probes need a thousand descriptors, here and in the servers. */
static void
raise_descriptors(void)
{
	struct rlimit rl;

	if (getrlimit(RLIMIT_NOFILE, &rl) == 0 && rl.rlim_cur < rl.rlim_max) {
		rl.rlim_cur = rl.rlim_max;
		(void)setrlimit(RLIMIT_NOFILE, &rl);
	}
}

void
stage_open(struct stage *s, unsigned limit_s)
{
	const char *tmp = getenv("TMPDIR");

	*s = (struct stage){ 0 };
	(void)alarm(limit_s);
	raise_descriptors();
	(void)snprintf(s->dir, sizeof(s->dir), "%s/caas-test.XXXXXX",
	    tmp != NULL ? tmp : "/tmp");
	if (mkdtemp(s->dir) == NULL || (s->loop = loop_new()) == NULL)
		give_up("stage");
	(void)snprintf(s->dns_zone, PATH_SIZE, "%s/zone", s->dir);
	(void)snprintf(s->dns_log, PATH_SIZE, "%s/dns.log", s->dir);
	(void)snprintf(s->http_rules, PATH_SIZE, "%s/rules", s->dir);
	(void)snprintf(s->http_log, PATH_SIZE, "%s/http.log", s->dir);
	s->conf = (struct conf){
		.base_url = "https://ca.example",
		.root_hints = "", .trust_anchor = "",
		.dns_timeout_ms = tap_ms(2000),
		.http_connect_timeout_ms = tap_ms(2000),
		.http_timeout_ms = tap_ms(3000),
		.http01_port = 80, .tlsalpn01_port = 443,
		.allow_special_addresses = true, .allow_special_names = true,
	};
}

void
stage_write(const char *path, const char *text)
{
	char new[PATH_SIZE + 8];
	FILE *f;

	(void)snprintf(new, sizeof(new), "%s.new", path);
	if ((f = fopen(new, "w")) == NULL || fputs(text, f) < 0 || fclose(f) != 0 ||
	    rename(new, path) != 0)
		give_up(path);
}

size_t
stage_count(const char *path, const char *text)
{
	struct arena *a = arena_new();
	struct err err = ERR_INIT;
	struct view v;
	size_t i, n = 0, len = strlen(text);

	if (conf_read_file(a, path, FILE_SIZE_MAX, &v, &err) != 0)
		v = VIEW_NONE;
	for (i = 0; i + len <= v.n; i++)
		n += memcmp(v.p + i, text, len) == 0;
	arena_free(a);
	return n;
}

static NORETURN void
run_child(const char *const *argv, int out)
{
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (dup2(out, STDOUT_FILENO) < 0)
		_exit(1);
	execvp(argv[0], (char *const *)(uintptr_t)argv);
	_exit(1);
}

/* Read "ready ADDRESS PORT [PORT]". */
static int
read_ready(int fd, unsigned ports[2])
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	int64_t until = mono_ms() + READY_MS;
	char line[128] = "";
	size_t n = 0;
	ssize_t got;
	char *end;

	while (strchr(line, '\n') == NULL) {
		if (n == sizeof(line) - 1 || mono_ms() > until ||
		    poll(&p, 1, READY_MS) != 1 ||
		    (got = read(fd, line + n, sizeof(line) - 1 - n)) <= 0)
			return -1;
		n += (size_t)got;
		line[n] = '\0';
	}
	if ((end = strchr(line + strlen("ready "), ' ')) == NULL)
		return -1;
	ports[0] = (unsigned)strtoul(end, &end, 10);
	ports[1] = (unsigned)strtoul(end, NULL, 10);
	return ports[0] != 0 ? 0 : -1;
}

static pid_t
start_server(const char *script, const char *const *args, unsigned ports[2])
{
	const char *srcdir = getenv("srcdir");
	const char *argv[16] = { "python3" };
	char path[PATH_SIZE];
	size_t i, n = 1;
	pid_t pid;
	int fd[2];

	(void)snprintf(path, sizeof(path), "%s/tests/fake/%s",
	    srcdir != NULL ? srcdir : ".", script);
	argv[n++] = path;
	for (i = 0; args[i] != NULL && n < NITEMS(argv) - 1; i++)
		argv[n++] = args[i];
	if (pipe(fd) != 0 || (pid = fork()) < 0)
		give_up(script);
	if (pid == 0)
		run_child(argv, fd[1]);
	(void)close(fd[1]);
	if (read_ready(fd[0], ports) != 0)
		give_up(script);
	(void)close(fd[0]);
	return pid;
}

void
stage_dns(struct stage *s, const char *zone)
{
	const char *args[] = { "--log", s->dns_log, s->dns_zone, NULL };
	unsigned ports[2];

	stage_write(s->dns_zone, zone);
	s->dns = start_server("dnsd.py", args, ports);
	s->dns_port = ports[0];
	(void)snprintf(s->resolver, sizeof(s->resolver), "127.0.0.1@%u", ports[0]);
	s->resolvers[0] = s->resolver;
	s->conf.resolver.v = s->resolvers;
	s->conf.resolver.n = 1;
}

void
stage_http(struct stage *s, const char *rules, const char *tls_max)
{
	const char *srcdir = getenv("srcdir");
	char pem[PATH_SIZE];
	const char *args[] = { "--log", s->http_log, "--tls-pem", pem, s->http_rules,
	    tls_max != NULL ? "--tls-max" : NULL, tls_max, NULL };
	unsigned ports[2];

	(void)snprintf(pem, sizeof(pem), "%s/tests/fake/tls.pem",
	    srcdir != NULL ? srcdir : ".");
	stage_write(s->http_rules, rules);
	s->http = start_server("httpd.py", args, ports);
	s->http_port = ports[0];
	s->https_port = ports[1];
	s->conf.http01_port = (int64_t)ports[0];
	s->conf.tlsalpn01_port = (int64_t)ports[1];
}

bool
stage_run(struct stage *s, const size_t *n, size_t want, int64_t max_ms)
{
	int64_t until = mono_ms() + max_ms;

	while (*n < want && mono_ms() < until)
		loop_run_once(s->loop, until - mono_ms());
	return *n >= want;
}

static void
stop_server(pid_t pid)
{
	if (pid == 0)
		return;
	(void)kill(pid, SIGKILL);
	(void)waitpid(pid, NULL, 0);
}

void
stage_close(struct stage *s)
{
	const char *const paths[] = { s->dns_zone, s->dns_log, s->http_rules, s->http_log };
	size_t i;

	stop_server(s->dns);
	stop_server(s->http);
	loop_free(s->loop);
	for (i = 0; i < NITEMS(paths); i++)
		(void)unlink(paths[i]);
	(void)rmdir(s->dir);
}
