/* SPDX-License-Identifier: BSD-2-Clause */
/* caas-validator: works one queue of challenges. */
#include "validator/validator.h"

#include <signal.h>
#include <sys/stat.h>

#include "base/hex.h"
#include "base/log.h"
#include "cmd/options.h"
#include "proc/ready.h"
#include "proc/signals.h"

#define USAGE	"[-thV] [-c FILE] -q QUEUE"
#define KEY_ID_BYTES	8

struct process {
	struct loop		*loop;
	const struct conf	*conf;
	struct store		 store;
	struct prober		 prober;
	struct key		*attest_key;
	char			 key_id[2 * KEY_ID_BYTES + 1];
	struct validator	*validator;
	bool			 stopping;
	struct loop_timer	 patience;
	bool			 impatient;
};

static void
on_signal(void *arg, int signo)
{
	struct process *p = arg;

	if (signo == SIGUSR1) {
		(void)log_reopen();
		return;
	}
	if (p->stopping)
		return;
	p->stopping = true;
	validator_drain(p->validator);
	/* What is not decided by then is found again by the next process. */
	loop_timer_set(p->loop, &p->patience, p->conf->drain_s * 1000 / 2);
}

static void
on_patience(void *arg)
{
	struct process *p = arg;

	p->impatient = true;
}

/* A challenge type, or CAA alone. */
static bool
is_queue(const char *name)
{
	return probe_method_find(view_of(name)) != NULL || strcmp(name, QUEUE_CAA) == 0;
}

/* The host's key; its id is the beginning of the public key's hash. */
static int
load_attest_key(struct process *p, struct err *err)
{
	struct arena *a = arena_new();
	uint8_t raw[32], hash[SHA256_LEN];
	struct view pem;
	int rc = -1;

	if (conf_read_key(p->conf, a, "va", "attest.key", &pem, err) == 0) {
		rc = key_from_pem(pem, &p->attest_key, err);
		secret_wipe((char *)(uintptr_t)pem.p, pem.n);
	}
	if (rc == 0)
		rc = key_public_raw(p->attest_key, raw, err);
	if (rc == 0) {
		sha256(view_from(raw, sizeof(raw)), hash);
		hex_encode(hash, KEY_ID_BYTES, p->key_id);
	}
	arena_free(a);
	return rc;
}

static int
start(struct process *p, const char *queue, struct err *err)
{
	const struct probe_method *method = probe_method_find(view_of(queue));
	struct validator_conf vc = { p->conf, &p->store, &p->prober, method, NULL,
	    VIEW_NONE };

	if (!is_queue(queue))
		return err_internal(err, "there is no queue %s", queue);
	if (load_attest_key(p, err) != 0 ||
	    db_new(p->conf, DB_VA, &p->store.db, err) != 0)
		return -1;
	p->store.clk = &clk_real;
	p->store.writer = writer_new(p->store.db, &clk_real);
	if (db_connect(p->store.db, err) != 0 && err->kind != ERR_UNAVAILABLE)
		return -1;
	p->prober.loop = p->loop;
	p->prober.conf = p->conf;
	if (resolver_unbound(p->loop, p->conf, &p->prober.resolver, err) != 0 ||
	    fetcher_curl(p->loop, p->conf, &p->prober.fetcher, err) != 0 ||
	    handshaker_openssl(p->loop, &p->prober.handshaker, err) != 0)
		return -1;
	vc.attest_key = p->attest_key;
	vc.key_id = view_of(p->key_id);
	return validator_start(&vc, &p->validator, err);
}

static void
end(struct process *p)
{
	validator_free(p->validator);
	if (p->prober.handshaker != NULL)
		p->prober.handshaker->free(p->prober.handshaker);
	if (p->prober.fetcher != NULL)
		p->prober.fetcher->free(p->prober.fetcher);
	if (p->prober.resolver != NULL)
		p->prober.resolver->free(p->prober.resolver);
	writer_free(p->store.writer);
	db_free(p->store.db);
	key_free(p->attest_key);
}

static int
run(const struct conf *conf, const struct options *o, struct err *err)
{
	static const int list[] = { SIGTERM, SIGINT, SIGUSR1, 0 };
	struct process p = { .loop = loop_new(), .conf = conf };
	struct signals *signals = NULL;
	int rc = -1;

	if (p.loop == NULL)
		return err_internal(err, "epoll");
	umask(007);
	p.patience.fn = on_patience;
	p.patience.arg = &p;
	/* First: a thread of a library must not be the one that gets a signal. */
	if (signals_open(p.loop, list, on_signal, &p, &signals, err) == 0 &&
	    start(&p, o->queue, err) == 0) {
		ready_tell();
		while (!p.stopping || (!validator_idle(p.validator) && !p.impatient))
			loop_run_once(p.loop, -1);
		rc = 0;
	}
	loop_timer_cancel(p.loop, &p.patience);
	end(&p);
	signals_close(signals);
	loop_free(p.loop);
	return rc;
}

static int
check(const struct conf *conf, const struct options *o, struct err *err)
{
	struct process p = { .conf = conf };
	int rc;

	if (!is_queue(o->queue))
		return err_internal(err, "there is no queue %s", o->queue);
	rc = load_attest_key(&p, err);
	key_free(p.attest_key);
	return rc;
}

int
main(int argc, char **argv)
{
	static const struct worker me = { "caas-validator", "c:q:thV", USAGE, check, run };

	return worker_main(argc, argv, &me);
}
