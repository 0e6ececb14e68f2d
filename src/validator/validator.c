/* SPDX-License-Identifier: BSD-2-Clause */
/* Checks in flight: begun by a job, ended by two answers, recorded in batches. */
#include "validator/validator.h"

#include "base/log.h"
#include "probe/caa.h"
#include "store/check.h"
#include "policy/schedule.h"
#include "validator/ask.h"
#include "validator/attested.h"
#include "validator/counted.h"
#include "wire/problem.h"

#define BATCH_MAX	64
#define RECORD_AGAIN_MS	500	/* while the database is away */

/* One validation: lives from its job to its record. */
struct task {
	struct task		*next;		/* of those to be recorded */
	struct validator	*v;
	struct arena		*arena;
	struct job		 job;
	struct check		 check;
	struct ident		 named;		/* it, or the name below that a look at CAA is for */
	struct probe_ask	 ask;
	struct probe		*probe;		/* NULL once it is done */
	struct caa_query	*caa;		/* NULL once it is done, or not needed */
	struct verdict		 verdict;
	struct caa_climb	 climb;
	struct check_result	 result;
	int64_t			 started_ms;
};

struct validator {
	struct validator_conf	 c;
	struct consumer		*consumer;
	struct task		*done;		/* to be recorded, newest first */
	struct loop_timer	 record;
};

/* By which method the identifier is proven, or was. */
static const char *
method_of(const struct task *t)
{
	return t->v->c.method != NULL ? t->v->c.method->name :
	    chall_type_name(t->check.active_type);
}

static void
task_free(struct task *t)
{
	struct validator *v = t->v;

	consumer_done(v->consumer, t->job.id);
	arena_free(t->arena);
}

static void
free_buf(void *b)
{
	buf_release(b);
}

static struct view
problem_text(struct arena *a, const struct err *err)
{
	struct buf *b = arena_alloc(a, sizeof(*b));
	struct jsonw w;

	buf_init(b, 16 * 1024);
	arena_defer(a, free_buf, b);
	jsonw_init(&w, b);
	problem_put(&w, err, NULL);
	return buf_view(b);
}

/* Why it failed, for the challenge, and for the order with the identifier. */
static void
put_problems(struct task *t, const struct err *why)
{
	struct err whole = *why;

	t->result.problem = problem_text(t->arena, why);
	err_sub(&whole, t->arena, ident_type_name(t->named.type),
	    ident_text(t->arena, &t->named), why->kind, "%s", why->detail);
	t->result.order_problem = problem_text(t->arena, &whole);
}

/*
 * Is CAA looked at?  For names below that are proven with one it is when they are asked
 * for, each by itself (SUB-05).
 */
static bool
needs_caa(const struct task *t)
{
	return t->check.ident_type == IDENT_DNS &&
	    (t->v->c.method == NULL || !t->check.covers_subdomains);
}

/* Does CAA permit it?  why is set if not. */
static bool
judge_caa(struct task *t, struct err *why)
{
	const struct conf *conf = t->v->c.conf;
	struct view *issuers;
	struct caa_ask ask;
	size_t i;

	if (t->climb.err.kind != ERR_NONE) {
		*why = t->climb.err;
		return false;
	}
	issuers = arena_array(t->arena, conf->caa_identities.n + 1, sizeof(*issuers));
	for (i = 0; i < conf->caa_identities.n; i++)
		issuers[i] = view_of(conf->caa_identities.v[i]);
	ask = (struct caa_ask){ t->named.value, t->named.wildcard, issuers,
	    conf->caa_identities.n, view_of(method_of(t)), t->ask.account_url };
	return caa_permits(&t->climb.set, &ask, why) == 0;
}

static void
retry(struct task *t, const struct err *why)
{
	struct validator *v = t->v;
	int64_t at = clk_now(v->c.store->clk) + v->c.conf->validation_retry_s;
	struct err err;

	log_event(LOG_INFO, "check.retry", LOGF_U("authz", t->check.id),
	    LOGF_U("try", t->job.tries + 1), LOGF_S("error", err_kind_name(why->kind)),
	    LOGF_S("detail", why->detail));
	/* If this does not reach the database the job is simply found again. */
	if (job_retry(v->c.store->db, consumer_slot(v->consumer), t->job.id, at, &err) < 0)
		log_err(LOG_WARNING, "check.retry", &err);
	task_free(t);
}

static int
attest(struct task *t, bool permits, struct err *err)
{
	struct attest_context c = { &t->v->c, t->arena, &t->check, t->ask.account_url,
	    &t->named, method_of(t), t->result.checked_at };

	if (t->v->c.method != NULL &&
	    attested_verdict(&c, &t->verdict, &t->result.verdict, err) != 0)
		return -1;
	if (t->climb.err.kind != ERR_NONE || !needs_caa(t))
		return 0;
	return attested_caa(&c, &t->climb, permits, &t->result.caa, err);
}

/* How long the proof may be used. */
static int64_t
usable_until(const struct task *t)
{
	int64_t at = t->result.checked_at, ttl = t->v->c.conf->authz_ttl, max;

	max = t->check.active_type == CHALL_DNSPERSIST01 ? schedule_persist_reuse_max(at) :
	    schedule_reuse_max(at);
	if (ttl > max)
		ttl = max;
	if (t->verdict.until != 0 && t->verdict.until - at < ttl)
		ttl = t->verdict.until - at;
	return at + ttl;
}

static void
log_result(const struct task *t, const struct err *why)
{
	log_event(LOG_INFO, "check.done", LOGF_U("authz", t->check.id),
	    LOGF_V("ident", t->named.value),
	    LOGF_S("method", t->v->c.method != NULL ? method_of(t) : QUEUE_CAA),
	    LOGF_S("result", t->result.ok ? "valid" : err_kind_name(why->kind)),
	    LOGF_S("detail", why->detail), LOGF_I("ms", mono_ms() - t->started_ms));
}

/* Both answers are there. */
static void
decide(struct task *t)
{
	struct validator *v = t->v;
	const struct conf *conf = v->c.conf;
	struct err why = ERR_INIT, err;
	bool permits = !needs_caa(t) || judge_caa(t, &why);
	bool transient;

	/* The proof is the first thing to tell of; CAA only if that stands. */
	if (!t->verdict.ok)
		why = t->verdict.err;
	transient = t->verdict.ok ? t->climb.err.kind != ERR_NONE : t->verdict.transient;
	if (why.kind != ERR_NONE && transient &&
	    t->job.tries + 1 < (uint64_t)conf->validation_tries) {
		retry(t, &why);
		return;
	}
	t->result = (struct check_result){ .job_id = t->job.id, .blocks = t->job.blocks,
	    .authz_id = t->check.id, .order_id = t->check.order_id,
	    .caa_name = t->check.covers_subdomains ? t->named.value : VIEW(""),
	    .method = method_of(t), .ok = t->verdict.ok && permits,
	    .checked_at = clk_now(v->c.store->clk) };
	t->result.expires_at = usable_until(t);
	if (!t->result.ok)
		put_problems(t, &why);
	counted(conf, t->arena, &t->check, &why, &t->result);
	log_result(t, &why);
	if (attest(t, permits, &err) != 0) {
		log_err(LOG_ERR, "check.attest", &err);
		retry(t, &err);
		return;
	}
	t->next = v->done;
	v->done = t;
	loop_timer_set(v->c.prober->loop, &v->record, 0);
}

static void
on_probe(void *arg, const struct verdict *verdict)
{
	struct task *t = arg;

	t->probe = NULL;
	t->verdict = *verdict;
	if (t->caa == NULL)
		decide(t);
}

static void
on_caa(void *arg, const struct caa_climb *climb)
{
	struct task *t = arg;

	t->caa = NULL;
	t->climb = *climb;
	if (t->probe == NULL)
		decide(t);
}

/* Wake whoever waits for the end of the job. */
static void
ring(struct task *t)
{
	struct consumer *c = t->v->consumer;

	consumer_ring(c, t->job.ring, t->check.id);
	if (t->job.blocks != 0)
		consumer_ring_queue(c, QUEUE_SIGN, t->job.blocks);
}

/* A job whose authorization needs nothing any more is only ended. */
static void
drop(struct task *t)
{
	struct validator *v = t->v;
	struct err err;

	if (check_drop(v->c.store, consumer_slot(v->consumer), &t->job, &err) != 0)
		log_err(LOG_WARNING, "check.drop", &err);
	else
		ring(t);
	task_free(t);
}

static void
begin(struct task *t)
{
	struct validator *v = t->v;

	/* What was proven before is not proven again when CAA alone is asked for. */
	if (v->c.method == NULL)
		t->verdict.ok = true;
	else
		t->probe = v->c.method->start(v->c.prober, t->arena, &t->ask, on_probe, t);
	if (needs_caa(t))
		t->caa = caa_start(v->c.prober, t->arena, t->named.value, on_caa, t);
	if ((t->probe != NULL || v->c.method == NULL) && (t->caa != NULL || !needs_caa(t)))
		return;
	log_event(LOG_ERR, "check.no-resources", LOGF_U("authz", t->check.id));
	if (t->probe != NULL)
		v->c.method->cancel(t->probe);
	if (t->caa != NULL)
		caa_cancel(t->caa);
	task_free(t);
}

/* Is there still something to do for it? */
static bool
is_open(const struct task *t)
{
	const struct check *k = &t->check;

	if (k->deactivated_at != 0 || k->expires_at <= clk_now(t->v->c.store->clk))
		return false;
	if (t->v->c.method == NULL)
		return k->status == AUTHZ_VALID && k->ident_type == IDENT_DNS;
	/* The type that was responded to is this queue's, and may prove such a name (VAL-03). */
	return k->status == AUTHZ_PENDING &&
	    strcmp(chall_type_name(k->active_type), t->v->c.method->name) == 0 &&
	    chall_proves(k->active_type, &t->named) &&
	    (!k->covers_subdomains || chall_proves_below(k->active_type));
}

static void
take(void *arg, const struct job *j)
{
	struct validator *v = arg;
	struct arena *a = arena_new();
	struct task *t = arena_alloc(a, sizeof(*t));
	struct err err;
	int rc;

	t->v = v;
	t->arena = a;
	t->job = *j;
	t->started_ms = mono_ms();
	rc = ask_load(&v->c, a, &t->job, &t->check, &t->ask, &t->named, &err);
	if (rc < 0) {
		log_err(LOG_WARNING, "check.get", &err);
		task_free(t);
	} else if (rc == 0 || !is_open(t))
		drop(t);
	else
		begin(t);
}

/* Write down what was decided, and wake those who wait for it. */
static void
on_record(void *arg)
{
	struct validator *v = arg;
	struct check_result results[BATCH_MAX];
	struct task *tasks[BATCH_MAX], *t;
	struct err err;
	size_t i, n = 0;

	for (t = v->done; t != NULL && n < BATCH_MAX; t = t->next) {
		tasks[n] = t;
		results[n++] = t->result;
	}
	if (check_record(v->c.store, consumer_slot(v->consumer), results, n, &err) != 0) {
		log_err(LOG_WARNING, "check.record", &err);
		loop_timer_set(v->c.prober->loop, &v->record, RECORD_AGAIN_MS);
		return;
	}
	v->done = t;
	for (i = 0; i < n; i++) {
		ring(tasks[i]);
		task_free(tasks[i]);
	}
	if (v->done != NULL)
		loop_timer_set(v->c.prober->loop, &v->record, 0);
}

int
validator_start(const struct validator_conf *conf, struct validator **out,
    struct err *err)
{
	struct consumer_conf cc = { conf->prober->loop, conf->store, conf->conf,
	    conf->method != NULL ? conf->method->name : QUEUE_CAA, CHECKS_MAX, take, NULL };
	struct validator *v;

	*out = NULL;
	if ((v = calloc(1, sizeof(*v))) == NULL)
		return err_internal(err, "out of memory");
	v->c = *conf;
	v->record.fn = on_record;
	v->record.arg = v;
	cc.arg = v;
	if (consumer_start(&cc, &v->consumer, err) != 0) {
		free(v);
		return -1;
	}
	*out = v;
	return 0;
}

void
validator_free(struct validator *v)
{
	if (v == NULL)
		return;
	loop_timer_cancel(v->c.prober->loop, &v->record);
	consumer_free(v->consumer);
	free(v);
}

void
validator_drain(struct validator *v)
{
	consumer_drain(v->consumer);
}

bool
validator_idle(const struct validator *v)
{
	return consumer_in_flight(v->consumer) == 0;
}
