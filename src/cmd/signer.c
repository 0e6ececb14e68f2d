/* SPDX-License-Identifier: BSD-2-Clause */
/* caas-signer: holds the CA keys, and talks to nobody but the database. */
#include "signer/signer.h"

#include <signal.h>
#include <sys/stat.h>

#include "base/log.h"
#include "cmd/options.h"
#include "crypto/token.h"
#include "proc/ready.h"
#include "proc/signals.h"

#define USAGE	"[-thV] [-c FILE]"

struct process {
	struct loop		*loop;
	const struct conf	*conf;
	struct store		 store;
	struct authority	*authority;
	struct token_keys	*url_keys;
	struct signer		*signer;
	bool			 stopping;
};

static void
on_signal(void *arg, int signo)
{
	struct process *p = arg;

	if (signo == SIGUSR1) {
		(void)log_reopen();
		return;
	}
	p->stopping = true;
	signer_drain(p->signer);
}

static int
load_url_keys(struct process *p, struct err *err)
{
	struct arena *a = arena_new();
	struct view text;
	int rc;

	rc = conf_read_key(p->conf, a, "sign", "url.key", &text, err);
	if (rc == 0) {
		rc = token_keys_parse(text, &p->url_keys, err);
		secret_wipe((char *)(uintptr_t)text.p, text.n);
	}
	arena_free(a);
	return rc;
}

static int
load_files(struct process *p, struct err *err)
{
	return load_url_keys(p, err) != 0 ? -1 :
	    authority_load(p->conf->signer_conf, &p->authority, err);
}

static int
start(struct process *p, struct err *err)
{
	struct signer_setup setup = { p->loop, p->conf, &p->store, NULL, NULL };

	if (load_files(p, err) != 0 ||
	    db_new(p->conf, DB_SIGN, &p->store.db, err) != 0)
		return -1;
	p->store.clk = &clk_real;
	p->store.writer = writer_new(p->store.db, &clk_real);
	if (db_connect(p->store.db, err) != 0 && err->kind != ERR_UNAVAILABLE)
		return -1;
	setup.authority = p->authority;
	setup.url_keys = p->url_keys;
	return signer_start(&setup, &p->signer, err);
}

static void
end(struct process *p)
{
	signer_free(p->signer);
	writer_free(p->store.writer);
	db_free(p->store.db);
	authority_free(p->authority);
	token_keys_free(p->url_keys);
}

static int
run(const struct conf *conf, const struct options *o UNUSED, struct err *err)
{
	static const int list[] = { SIGTERM, SIGINT, SIGUSR1, 0 };
	struct process p = { .loop = loop_new(), .conf = conf };
	struct signals *signals = NULL;
	int rc = -1;

	if (p.loop == NULL)
		return err_internal(err, "epoll");
	umask(007);
	if (signals_open(p.loop, list, on_signal, &p, &signals, err) == 0 &&
	    start(&p, err) == 0) {
		ready_tell();
		while (!p.stopping)
			loop_run_once(p.loop, -1);
		rc = 0;
	}
	end(&p);
	signals_close(signals);
	loop_free(p.loop);
	return rc;
}

static int
check(const struct conf *conf, const struct options *o UNUSED, struct err *err)
{
	struct process p = { .conf = conf };
	int rc = load_files(&p, err);

	authority_free(p.authority);
	token_keys_free(p.url_keys);
	return rc;
}

int
main(int argc, char **argv)
{
	static const struct worker me = { "caas-signer", "c:thV", USAGE, check, run };

	return worker_main(argc, argv, &me);
}
