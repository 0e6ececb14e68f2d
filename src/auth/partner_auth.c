/* SPDX-License-Identifier: BSD-2-Clause */
/* Partner logins. */
#include "auth/partner_auth.h"

#include "auth/logincache.h"
#include "auth/places.h"
#include "base/log.h"
#include "crypto/digest.h"
#include "crypto/password.h"
#include "policy/lockout.h"
#include "policy/network.h"
#include "store/login.h"

#define WAIT_MAX_MS	1000
#define WAIT_STEP_MS	20
#define RETRY_AFTER_S	2
#define WAITING_MAX	128	/* logins that wait in a process: half of its connections */
#define STRANGERS_MAX	96	/* waiting ones beside which a stranger may wait too */
#define SLOWED_MAX	32	/* that are slowed down at a time */
#define REST_TIMES	3	/* a wrong password's hash: how much longer nothing is hashed */
#define REST_MIN_MS	10

struct logins {
	struct places		*requests;	/* responders that work for partners */
	struct places		*hashing;	/* one a host */
	struct logincache	*cache;
	unsigned		 waiting, slowed;	/* requests; the latter among the former */
};

int
logins_new(const struct conf *conf, struct logins **out, struct err *err)
{
	int64_t n = conf->partner_max_workers != 0 ? conf->partner_max_workers :
	    conf->workers / 3;
	const char *dir;
	struct logins *l;
	struct arena *a;

	*out = NULL;
	if ((l = calloc(1, sizeof(*l))) == NULL)
		return err_internal(err, "out of memory");
	l->cache = logincache_new();
	a = arena_new();
	dir = arena_printf(a, "%s/web", conf->run_dir);
	if (places_open(dir, "partner", n > 0 ? (unsigned)n : 1, &l->requests, err) == 0 &&
	    places_open(dir, "login", 1, &l->hashing, err) == 0)
		*out = l;
	else
		logins_free(l);
	arena_free(a);
	return *out != NULL ? 0 : -1;
}

void
logins_free(struct logins *l)
{
	if (l == NULL)
		return;
	places_close(l->requests);
	places_close(l->hashing);
	logincache_free(l->cache);
	free(l);
}

/* One login as it is judged. */
struct attempt {
	struct login_key	 key;
	struct login		 login;
	char			 network[NETWORK_TEXT_MAX];
	bool			 is_listed;	/* a network of the reseller's own list */
};

static bool
is_listed(struct view networks, struct view address)
{
	struct network net;
	struct view word;

	while (networks.n != 0) {
		word = view_cut(&networks, ' ');
		if (network_parse(word, &net) == 0 && network_holds(&net, address))
			return true;
	}
	return false;
}

static int
read_login(struct req *r, struct attempt *a, struct err *err)
{
	const struct reseller *known = &a->login.reseller;

	struct db *db = service_of(r)->store->db;

	if (login_get(db, r->arena, &a->key, &a->login, err) != 0)
		return -1;
	if (!(a->is_listed = is_listed(known->networks, r->remote_addr)))
		return 0;
	/* What its neighbours do, who may not call anyway, is nothing to it. */
	network_around(r->remote_addr, 32, 128, a->network);
	return login_get(db, r->arena, &a->key, &a->login, err);
}

static struct login_proof
proof_of(const struct attempt *a, struct view password)
{
	return (struct login_proof){ a->key.name, password, view_of(a->network),
	    a->login.reseller.password_hash };
}

/* Why a login with the right password is refused; NULL: it is not. */
static const char *
why_refused(const struct req *r, const struct attempt *a)
{
	const struct reseller *known = &a->login.reseller;

	if (known->is_locked)
		return "locked by the operator";
	if (known->password_expires_at != 0 && known->password_expires_at <= r->now)
		return "password expired";
	if (known->networks.n != 0 && !a->is_listed)
		return "not from this network";
	return NULL;
}

static int
refuse(struct req *r, const struct attempt *a, const char *why, struct err *err)
{
	log_event(LOG_NOTICE, "partner.login-refused", LOGF_V("name", a->key.name),
	    LOGF_V("addr", r->remote_addr), LOGF_S("why", why));
	(void)err_set(err, ERR_DEACTIVATED, "the login was refused");
	return err_inner(err, "%s", why);
}

static int
too_many(struct err *err)
{
	(void)err_set(err, ERR_RATE_LIMITED, "too many logins at once");
	err->retry_after_s = RETRY_AFTER_S;
	return -1;
}

/* Come back later: 0, or -1 when it waited long enough. */
static int
wait_more(struct logins *l, struct login_try *t, int64_t ms, unsigned most, struct err *err)
{
	int64_t now = mono_ms();

	if (t->since_ms == 0)
		t->since_ms = now;
	if (now - t->since_ms >= WAIT_MAX_MS || l->waiting >= most)
		return too_many(err);
	t->wait_ms = ms;
	t->waits = true;
	l->waiting++;
	return 0;
}

static bool
note_failure(struct login_record *here, struct login_record *anywhere, int64_t now, void *arg)
{
	const struct conf *conf = arg;

	/* Nothing is locked everywhere: failures are only counted. */
	(void)lockout_failed(anywhere, 0, now);
	return lockout_failed(here, conf->login_lock_after, now);
}

/* With the one place for hashing. */
static int
hash(struct req *r, struct login_try *t, struct attempt *a, struct err *err)
{
	struct service *svc = service_of(r);
	const struct reseller *known = &a->login.reseller;
	const char *why;
	int64_t began, rest;

	began = mono_ms();
	/* What is right and refused costs and counts as what is wrong: nobody learns which. */
	if (!password_verify(t->password, known->id != 0 ?
	    arena_str(r->arena, known->password_hash) : NULL))
		why = known->id == 0 ? "unknown name" : "wrong password";
	else if ((why = why_refused(r, a)) == NULL)
		return 1;
	rest = (mono_ms() - began) * REST_TIMES;
	places_leave(svc->logins->hashing, rest > REST_MIN_MS ? rest : REST_MIN_MS);
	if (login_change(svc->store, &a->key, known->id, note_failure,
	    (void *)(uintptr_t)svc->conf, r->now, err) != 0)
		return -1;
	return refuse(r, a, why, err);
}

/* Beside how many others may it wait? */
static unsigned
most_of(const struct login_try *t)
{
	return t->must_hash && !t->is_trusted ? STRANGERS_MAX : WAITING_MAX;
}

/* Is the password right? */
static int
prove(struct req *r, struct login_try *t, struct attempt *a, struct err *err)
{
	struct service *svc = service_of(r);
	struct logins *l = svc->logins;
	struct login_proof proof = proof_of(a, t->password);
	int rc;

	if (a->login.reseller.id != 0 && logincache_has(l->cache, &proof, mono_ms()))
		return 1;
	t->is_trusted = a->is_listed || lockout_is_trusted(&a->login.here, r->now);
	if (!t->is_trusted && !t->was_slowed &&
	    lockout_is_slow(&a->login.anywhere, svc->conf->login_lock_after, r->now)) {
		if (l->slowed >= SLOWED_MAX)
			return too_many(err);
		t->was_slowed = t->is_slowed = true;
		rc = wait_more(l, t, LOCKOUT_SLOW_MS, STRANGERS_MAX, err);
		l->slowed += rc == 0;
		t->since_ms = 0;
		return rc;
	}
	t->must_hash = true;
	if (!places_take(l->hashing, t->is_trusted))
		return wait_more(l, t, WAIT_STEP_MS, most_of(t), err);
	if ((rc = hash(r, t, a, err)) == 1)
		logincache_put(l->cache, &proof, mono_ms());
	return rc;
}

static int
judge(struct req *r, struct login_try *t, struct reseller *out, struct err *err)
{
	struct attempt a = { .key = { .name = t->name, .network = a.network } };
	const char *why;
	int rc;

	sha256(t->name, a.key.name_sha256);
	network_around(r->remote_addr, 24, 64, a.network);
	if (a.network[0] == '\0')	/* a web server that does not tell; not all networks */
		(void)snprintf(a.network, sizeof(a.network), "unknown");
	if (read_login(r, &a, err) != 0)
		return -1;
	*out = a.login.reseller;
	if (lockout_is_locked(&a.login.here, r->now))
		return refuse(r, &a, "locked here", err);
	if ((rc = prove(r, t, &a, err)) != 1)
		return rc;
	if ((why = why_refused(r, &a)) != NULL)
		return refuse(r, &a, why, err);
	if (lockout_succeeded(&a.login.here, r->now) &&
	    login_put(service_of(r)->store->db, &a.key, &a.login.here, err) != 0)
		return -1;
	r->who = out->login_name;
	return 1;
}

static void
leave(struct req *r)
{
	places_leave(service_of(r)->logins->requests, 0);
	r->at_end = NULL;
}

/* Those that it needs as far as it is known; the database is read with them only. */
static bool
take_places(struct logins *l, const struct login_try *t)
{
	if (t->must_hash && !places_take(l->hashing, t->is_trusted))
		return false;
	if (places_take(l->requests, true))
		return true;
	places_leave(l->hashing, 0);
	return false;
}

int
partner_auth(struct req *r, struct login_try *t, struct reseller *out, struct err *err)
{
	struct logins *l = service_of(r)->logins;
	int rc;

	l->waiting -= t->waits;
	l->slowed -= t->is_slowed;
	t->is_slowed = false;
	if (!take_places(l, t)) {
		rc = wait_more(l, t, WAIT_STEP_MS, most_of(t), err);
	} else {
		r->at_end = leave;
		rc = judge(r, t, out, err);
		places_leave(l->hashing, 0);
		if (rc == 0)
			leave(r);
	}
	t->waits = rc == 0;
	return rc;
}
