/* SPDX-License-Identifier: BSD-2-Clause */
/* caasd: the pool master.  Knows no database and no keys. */
#include "cmd/options.h"

#include <signal.h>
#include <unistd.h>

#include "base/log.h"
#include "proc/control.h"
#include "proc/pool.h"
#include "proc/rundir.h"
#include "proc/signals.h"

#define USAGE	"[-thV] [-c FILE]"

struct master {
	const struct options	*o;
	struct loop		*loop;
	struct signals		*signals;
	struct control		*control;
	struct pool		*pool;
	int			 lock_fd;
	int			 listen_fd;
};

static void
reopen_logs(struct master *m)
{
	struct err err;

	/* New files first: only we may make them. */
	if (rundir_files(pool_conf(m->pool), &err) != 0)
		log_err(LOG_WARNING, "logs", &err);
	if (log_reopen() != 0)
		log_event(LOG_WARNING, "log.reopen");
	pool_signal(m->pool, SIGUSR1);
}

static void
on_signal(void *arg, int signo)
{
	struct master *m = arg;

	switch (signo) {
	case SIGCHLD:
		pool_reap(m->pool);
		break;
	case SIGTERM:
	case SIGINT:
		log_event(LOG_NOTICE, "stop", LOGF_I("signal", signo));
		pool_stop(m->pool);
		break;
	case SIGHUP:
		(void)pool_reload(m->pool);
		break;
	case SIGUSR1:
		reopen_logs(m);
		break;
	default:
		break;
	}
}

/* Our own share of a new configuration, and word to those who wait. */
static void
on_reload(void *arg)
{
	struct master *m = arg;

	options_log(m->o, pool_conf(m->pool));
	control_reloaded(m->control);
}

/* What needs all of root. */
static int
prepare(struct master *m, const struct conf *conf, struct err *err)
{
	return rundir_prepare(conf, err) != 0 ||
	    (m->lock_fd = rundir_lock(conf, err)) < 0 ||
	    (conf->workers != 0 && (m->listen_fd = rundir_listen(conf, err)) < 0) ||
	    control_open(m->loop, conf->run_dir, &m->control, err) != 0 ? -1 : 0;
}

static int
start(struct master *m, struct conf *conf, struct err *err)
{
	static const int list[] = { SIGCHLD, SIGTERM, SIGINT, SIGHUP, SIGUSR1, 0 };

	if ((m->loop = loop_new()) == NULL)
		(void)err_internal(err, "epoll");
	if (m->loop == NULL || prepare(m, conf, err) != 0 ||
	    (geteuid() == 0 && privilege_limit(err) != 0) ||
	    signals_open(m->loop, list, on_signal, m, &m->signals, err) != 0) {
		conf_free(conf);
		return -1;
	}
	if (geteuid() != 0)
		log_event(LOG_NOTICE, "start.no-root",
		    LOGF_S("effect", "every role runs as this user"));
	if (pool_start(m->loop, conf, m->o->conf_path, m->listen_fd, &m->pool, err) != 0)
		return -1;
	pool_on_reload(m->pool, on_reload, m);
	control_serve(m->control, m->pool);
	return 0;
}

static void
end(struct master *m)
{
	signals_close(m->signals);
	control_close(m->control);
	pool_free(m->pool);
	if (m->listen_fd >= 0)
		(void)close(m->listen_fd);
	if (m->lock_fd >= 0)
		(void)close(m->lock_fd);
	loop_free(m->loop);
}

/* conf is taken over. */
static int
run(const struct options *o, struct conf *conf, struct err *err)
{
	struct master m = { .o = o, .lock_fd = -1, .listen_fd = -1 };
	int64_t workers = conf->workers;
	int rc;

	if ((rc = start(&m, conf, err)) == 0) {
		log_event(LOG_NOTICE, "start", LOGF_S("version", PACKAGE_VERSION),
		    LOGF_I("workers", workers));
		while (!pool_is_empty(m.pool))
			loop_run_once(m.loop, -1);
		log_event(LOG_NOTICE, "stopped");
	}
	end(&m);
	return rc;
}

/* -t: every role looks at what is its own, as its own user. */
static int
check(const struct options *o, const struct conf *conf, struct err *err)
{
	size_t i;

	if (conf->workers != 0 &&
	    child_check(conf, o->conf_path, ROLE_RESPONDER, NULL, err) != 0)
		return -1;
	for (i = 0; i < conf->queues.n; i++)
		if (child_check(conf, o->conf_path, ROLE_VALIDATOR, conf->queues.v[i], err) != 0)
			return -1;
	return child_check(conf, o->conf_path, ROLE_SIGNER, NULL, err);
}

int
main(int argc, char **argv)
{
	struct options o;
	struct conf *conf;
	struct err err = ERR_INIT;
	int rc;

	options_parse(argc, argv, "caasd", "c:thV", USAGE, &o);
	conf = options_start(&o);
	if (o.check) {
		rc = options_checked(&o, check(&o, conf, &err), &err);
		if (rc == 0)
			(void)printf("%s: the configuration is good\n", o.conf_path);
		conf_free(conf);
		return rc;
	}
	if ((rc = run(&o, conf, &err)) != 0) {
		log_err(LOG_CRIT, "start.failed", &err);
		(void)fprintf(stderr, "caasd: %s\n", err.inner[0] != '\0' ? err.inner :
		    err.detail);
	}
	return rc == 0 ? 0 : 1;
}
