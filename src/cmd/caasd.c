/* SPDX-License-Identifier: BSD-2-Clause */
/* caasd: the pool master.  Knows no database and no keys. */
#include "cmd/options.h"

#include <signal.h>
#include <unistd.h>

#include "base/log.h"
#include "proc/pool.h"
#include "proc/rundir.h"
#include "proc/signals.h"

#define USAGE	"[-thV] [-c FILE]"

struct master {
	struct pool	*pool;
	struct conf	*conf;
};

static void
on_signal(void *arg, int signo)
{
	struct master *m = arg;
	struct err err;

	switch (signo) {
	case SIGCHLD:
		pool_reap(m->pool);
		break;
	case SIGTERM:
	case SIGINT:
		log_event(LOG_NOTICE, "stop", LOGF_I("signal", signo));
		pool_stop(m->pool);
		break;
	case SIGUSR1:
		if (rundir_logs(m->conf, &err) != 0)
			log_err(LOG_WARNING, "logs", &err);
		(void)log_reopen();
		pool_signal(m->pool, SIGUSR1);
		break;
	default:
		break;
	}
}

static int
run(const struct options *o, struct conf *conf, struct err *err)
{
	static const int list[] = { SIGCHLD, SIGTERM, SIGINT, SIGUSR1, 0 };
	struct loop *loop = loop_new();
	struct master m = { NULL, conf };
	struct signals *signals = NULL;
	int fd = -1, lock = -1, rc = -1;

	if (loop == NULL) {
		(void)err_internal(err, "epoll");
		goto out;
	}
	if (rundir_prepare(conf, err) != 0 || (lock = rundir_lock(conf, err)) < 0 ||
	    (fd = rundir_listen(conf, err)) < 0)
		goto out;
	/* What needed all of root is done. */
	if (geteuid() == 0 && privilege_limit(err) != 0)
		goto out;
	if (geteuid() != 0)
		log_event(LOG_NOTICE, "start.no-root",
		    LOGF_S("effect", "every role runs as this user"));
	if (signals_open(loop, list, on_signal, &m, &signals, err) != 0 ||
	    pool_start(loop, conf, o->conf_path, fd, &m.pool, err) != 0)
		goto out;
	log_event(LOG_NOTICE, "start", LOGF_S("version", PACKAGE_VERSION),
	    LOGF_I("workers", conf->workers));
	while (!pool_is_empty(m.pool))
		loop_run_once(loop, -1);
	log_event(LOG_NOTICE, "stopped");
	rc = 0;
 out:
	signals_close(signals);
	pool_free(m.pool);
	if (fd > STDIN_FILENO)
		(void)close(fd);
	if (lock >= 0)
		(void)close(lock);
	loop_free(loop);
	return rc;
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
		(void)printf("%s: the configuration is good\n", o.conf_path);
		conf_free(conf);
		return 0;
	}
	if ((rc = run(&o, conf, &err)) != 0) {
		log_err(LOG_CRIT, "start.failed", &err);
		(void)fprintf(stderr, "caasd: %s\n", err.inner[0] != '\0' ? err.inner :
		    err.detail);
	}
	conf_free(conf);
	return rc == 0 ? 0 : 1;
}
