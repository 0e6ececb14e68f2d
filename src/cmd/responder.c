/* SPDX-License-Identifier: BSD-2-Clause */
/* caas-responder: a FastCGI worker; ACME, partner API, CRLs. */
#include "cmd/options.h"

#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "acme/routes.h"
#include "auth/keycache.h"
#include "auth/partner_auth.h"
#include "auth/servers.h"
#include "auth/service.h"
#include "base/log.h"
#include "base/random.h"
#include "model/authz.h"
#include "partner/actions.h"
#include "policy/persist.h"
#include "proc/ready.h"
#include "proc/signals.h"
#include "queue/bell.h"
#include "web/server.h"

#define USAGE	"[-thV] [-c FILE]"
#define BELLS_A_ROUND	64

struct responder {
	struct loop		*loop;
	struct service		 svc;
	struct store		 store;
	struct web_server	*server;
	struct loop_watch	 bell_watch;
	struct site		 sites[3];
	bool			 stopping;
};

static void
on_bell(void *arg, uint32_t events UNUSED)
{
	struct responder *r = arg;
	uint64_t ids[BELLS_A_ROUND];
	size_t n;

	while ((n = bell_read(r->svc.bell, ids, BELLS_A_ROUND)) != 0)
		web_server_rung(r->server, ids, n);
}

static void
on_signal(void *arg, int signo)
{
	struct responder *r = arg;

	if (signo == SIGUSR1) {
		(void)log_reopen();
		return;
	}
	if (!r->stopping)
		web_server_drain(r->server);
	r->stopping = true;
}

/* Keys of one file each; the files' bytes are wiped with the parse done. */
static int
load_keys(struct service *svc, struct err *err)
{
	struct arena *a = arena_new();
	struct view url, nonce, eab;
	int rc = -1;

	if (conf_read_key(svc->conf, a, "web", "url.key", &url, err) == 0 &&
	    conf_read_key(svc->conf, a, "web", "nonce.key", &nonce, err) == 0 &&
	    conf_read_key(svc->conf, a, "web", "eab.key", &eab, err) == 0 &&
	    token_keys_parse(url, &svc->url_keys, err) == 0 &&
	    nonce_keys_parse(nonce, &svc->nonce_keys, err) == 0 &&
	    wrap_keys_parse(eab, &svc->wrap_keys, err) == 0) {
		secret_wipe((char *)(uintptr_t)url.p, url.n);
		secret_wipe((char *)(uintptr_t)nonce.p, nonce.n);
		secret_wipe((char *)(uintptr_t)eab.p, eab.n);
		rc = 0;
	}
	arena_free(a);
	return rc;
}

/* The database may be away; a schema or grant that is wrong must stop us here. */
static int
connect_db(struct responder *r, struct err *err)
{
	if (servers_read(r->svc.servers, &r->store, err) == 0)
		return 0;
	if (err->kind != ERR_UNAVAILABLE)
		return -1;
	log_err(LOG_WARNING, "start.no-database", err);
	return 0;
}

static int
start(struct responder *r, const struct conf *conf, struct err *err)
{
	struct server_conf sc = { r->loop, STDIN_FILENO, r->sites, NITEMS(r->sites),
	    &r->svc, &clk_real };
	char name[BELL_NAME_MAX];

	r->svc = (struct service){ .conf = conf, .clk = &clk_real, .store = &r->store,
	    .process = (uint64_t)getpid(), .nonce_counter = random_u64() };
	r->sites[0] = acme_site;
	r->sites[1] = partner_site;
	r->sites[2] = repository_site;
	if (chall_set_parse(conf->challenges.v, conf->challenges.n, &r->svc.challenges,
	    err) != 0)
		return err_internal(err, "challenges: %s", err->detail);
	if ((r->svc.challenges & BIT(CHALL_DNSPERSIST01)) != 0 &&
	    conf->caa_identities.n > PERSIST_ISSUERS_MAX)
		return err_internal(err, "dns-persist-01 takes at most %d caa_identities",
		    PERSIST_ISSUERS_MAX);
	if (load_keys(&r->svc, err) != 0 ||
	    names_policy_new(conf->allow_special_names, conf->allow_special_addresses,
	    &r->svc.names, err) != 0 ||
	    names_policy_refuse(r->svc.names, &conf->refused_names, err) != 0 ||
	    logins_new(conf, &r->svc.logins, err) != 0 ||
	    db_new(conf, DB_WEB, &r->store.db, err) != 0)
		return -1;
	r->store.clk = &clk_real;
	r->store.writer = writer_new(r->store.db, &clk_real);
	r->svc.keys = keycache_new();
	r->svc.servers = servers_new();
	bell_name_of(r->svc.process, name);
	if (connect_db(r, err) != 0 ||
	    bell_open(conf->run_dir, name, &r->svc.bell, err) != 0)
		return -1;
	r->bell_watch.fn = on_bell;
	r->bell_watch.arg = r;
	if (loop_watch(r->loop, &r->bell_watch, bell_fd(r->svc.bell), EPOLLIN) != 0)
		return err_internal(err, "epoll");
	return web_server_new(&sc, &r->server, err);
}

static void
end(struct responder *r)
{
	web_server_free(r->server);
	loop_unwatch(r->loop, &r->bell_watch);
	bell_close(r->svc.bell);
	servers_free(r->svc.servers);
	logins_free(r->svc.logins);
	keycache_free(r->svc.keys);
	writer_free(r->store.writer);
	db_free(r->store.db);
	names_policy_free(r->svc.names);
	wrap_keys_free(r->svc.wrap_keys);
	nonce_keys_free(r->svc.nonce_keys);
	token_keys_free(r->svc.url_keys);
}

static int
run(const struct conf *conf, const struct options *o UNUSED, struct err *err)
{
	static const int list[] = { SIGTERM, SIGINT, SIGUSR1, 0 };
	struct responder r = { .loop = loop_new() };
	struct signals *signals = NULL;
	int rc = -1;

	if (r.loop == NULL)
		return err_internal(err, "epoll");
	umask(007);
	if (signals_open(r.loop, list, on_signal, &r, &signals, err) == 0 &&
	    start(&r, conf, err) == 0) {
		ready_tell();
		while (!r.stopping || web_server_open(r.server) != 0)
			loop_run_once(r.loop, -1);
		rc = 0;
	}
	end(&r);
	signals_close(signals);
	loop_free(r.loop);
	return rc;
}

static int
check(const struct conf *conf, const struct options *o UNUSED, struct err *err)
{
	struct service svc = { .conf = conf };
	int rc = load_keys(&svc, err);

	wrap_keys_free(svc.wrap_keys);
	nonce_keys_free(svc.nonce_keys);
	token_keys_free(svc.url_keys);
	return rc;
}

int
main(int argc, char **argv)
{
	static const struct worker me = { "caas-responder", "c:thV", USAGE, check, run };

	return worker_main(argc, argv, &me);
}
