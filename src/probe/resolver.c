/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The questions that libunbound is asked, and what became of them.  Its worker
 * is a thread of its own; the loop watches the pipe by which results come back.
 * How it is set up stands in unbound.c.
 */
#include "probe/resolver.h"

#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <unbound.h>

#include "base/arena.h"
#include "base/log.h"
#include "probe/excerpt.h"
#include "probe/unbound.h"
#include "wire/limits.h"

#define CLASS_IN	1
#define RCODE_SERVFAIL	2
#define RCODE_NXDOMAIN	3
#define RCODE_REFUSED	5
#define WHY_MAX		400	/* bytes of libunbound's reason for bogus data */

struct unbound {
	struct resolver		 base;
	struct loop		*loop;
	int64_t			 timeout_ms;
	struct ub_ctx		*ctx;
	struct loop_watch	 watch;
	struct arena		*arena;		/* of one answer */
	struct resolver_query	*queries;	/* under way */
	bool			 anchored;	/* DNSSEC is validated */
};

struct resolver_query {
	struct unbound		*u;
	struct resolver_query	*next;
	struct resolver_query	**prevp;
	resolver_done		 done;
	void			*arg;
	struct loop_timer	 timer;
	bool			 asked;
	int			 id;		/* libunbound's, when asked */
	uint16_t		 type;
	char			 name[NAME_MAX_BYTES + 2];	/* a dot may stand behind */
};

static const struct {
	uint16_t	 type;
	const char	*name;
} types[] = {
	{ DNS_TYPE_A,    "A" },
	{ DNS_TYPE_TXT,  "TXT" },
	{ DNS_TYPE_AAAA, "AAAA" },
	{ DNS_TYPE_CAA,  "CAA" },
};

const char *
dns_type_name(uint16_t type)
{
	size_t i;

	for (i = 0; i < NITEMS(types); i++)
		if (types[i].type == type)
			return types[i].name;
	return "TYPE";
}

const char *
dnssec_state_name(enum dnssec_state state)
{
	static const char *const names[] = {
		[DNSSEC_INDETERMINATE]	= "indeterminate",
		[DNSSEC_INSECURE]	= "insecure",
		[DNSSEC_SECURE]		= "secure",
		[DNSSEC_BOGUS]		= "bogus",
	};

	return names[state];
}

enum dnssec_state
dnssec_weaker(enum dnssec_state a, enum dnssec_state b)
{
	if (a == DNSSEC_BOGUS || b == DNSSEC_BOGUS)
		return DNSSEC_BOGUS;
	return a < b ? a : b;
}

static void
query_unlink(struct resolver_query *q)
{
	loop_timer_cancel(q->u->loop, &q->timer);
	if (q->next != NULL)
		q->next->prevp = q->prevp;
	*q->prevp = q->next;
}

/* Hand over what came, and forget the question. */
static void
query_end(struct resolver_query *q, struct dns_answer *answer, const struct err *err)
{
	query_unlink(q);
	answer->name = view_of(q->name);
	answer->type = q->type;
	q->done(q->arg, answer, err);
	free(q);
}

static void PRINTF(2, 3)
query_fail(struct resolver_query *q, const char *why, ...)
{
	struct dns_answer answer = { .dnssec = DNSSEC_INDETERMINATE };
	struct err err = ERR_INIT;
	char text[WHY_MAX];
	va_list ap;

	va_start(ap, why);
	(void)vsnprintf(text, sizeof(text), why, ap);
	va_end(ap);
	err_set(&err, ERR_DNS, "DNS problem: %s looking up %s for %s", text,
	    dns_type_name(q->type), q->name);
	query_end(q, &answer, &err);
}

static void
query_bogus(struct resolver_query *q, const char *why)
{
	struct dns_answer answer = { .dnssec = DNSSEC_BOGUS };
	struct err err = ERR_INIT;
	char text[WHY_MAX];

	excerpt(view_of(why), text, sizeof(text));
	err_set(&err, ERR_DNS, "DNS problem: DNSSEC validation failed looking up "
	    "%s for %s: %s", dns_type_name(q->type), q->name, text);
	query_end(q, &answer, &err);
}

static void
query_rcode(struct resolver_query *q, int rcode)
{
	switch (rcode) {
	case RCODE_SERVFAIL:
		query_fail(q, "SERVFAIL");
		break;
	case RCODE_REFUSED:
		query_fail(q, "REFUSED");
		break;
	default:
		query_fail(q, "response code %d", rcode);
		break;
	}
}

static void
query_answer(struct resolver_query *q, const struct ub_result *r)
{
	struct unbound *u = q->u;
	struct dns_answer answer = { .nxdomain = r->nxdomain != 0 };
	struct view *rdata;
	size_t i, n = 0;

	while (r->data != NULL && r->data[n] != NULL)
		n++;
	rdata = arena_array(u->arena, n, sizeof(*rdata));
	for (i = 0; i < n; i++)
		rdata[i] = view_from(r->data[i], (size_t)r->len[i]);
	answer.rdata = rdata;
	answer.n = n;
	answer.dnssec = r->secure ? DNSSEC_SECURE :
	    u->anchored ? DNSSEC_INSECURE : DNSSEC_INDETERMINATE;
	query_end(q, &answer, NULL);
	arena_reset(u->arena);
}

static void
on_result(void *arg, int failed, struct ub_result *r)
{
	struct resolver_query *q = arg;

	if (failed != 0 || r == NULL)
		query_fail(q, "%s", ub_strerror(failed));
	else if (r->bogus)
		query_bogus(q, r->why_bogus);
	else if (r->rcode != 0 && r->rcode != RCODE_NXDOMAIN)
		query_rcode(q, r->rcode);
	else
		query_answer(q, r);
	ub_resolve_free(r);
}

static void
on_timer(void *arg)
{
	struct resolver_query *q = arg;

	if (!q->asked) {
		query_fail(q, "not a domain name");
		return;
	}
	/* From here on libunbound does not call on_result() for it. */
	(void)ub_cancel(q->u->ctx, q->id);
	query_fail(q, "query timed out");
}

static void
on_pipe(void *arg, uint32_t events)
{
	struct unbound *u = arg;
	int rc;

	(void)events;
	if ((rc = ub_process(u->ctx)) != 0) {
		/* The worker is gone; what is under way ends by its timers. */
		loop_unwatch(u->loop, &u->watch);
		log_event(LOG_CRIT, "resolver.broken", LOGF_S("why", ub_strerror(rc)));
	}
}

/*
 * libunbound starts its thread with the first question; signals are for the
 * thread that runs the loop.
 */
static int
resolve(struct resolver_query *q)
{
	sigset_t all, old;
	int rc;

	(void)sigfillset(&all);
	(void)pthread_sigmask(SIG_SETMASK, &all, &old);
	rc = ub_resolve_async(q->u->ctx, q->name, q->type, CLASS_IN, q, on_result,
	    &q->id);
	(void)pthread_sigmask(SIG_SETMASK, &old, NULL);
	return rc;
}

/* Letters, digits, hyphens, underscores and dots: nothing that needs escapes. */
static bool
plain_name(struct view name)
{
	size_t i;

	for (i = 0; i < name.n; i++)
		if (!view_has(VIEW("abcdefghijklmnopqrstuvwxyz0123456789-_."
		    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"), name.p[i]))
			return false;
	return name.n != 0;
}

static struct resolver_query *
ask(struct resolver *r, struct view name, uint16_t type, resolver_done done, void *arg)
{
	struct unbound *u = (struct unbound *)r;
	struct resolver_query *q;

	if ((q = calloc(1, sizeof(*q))) == NULL)
		return NULL;
	q->u = u;
	q->done = done;
	q->arg = arg;
	q->type = type;
	q->timer.fn = on_timer;
	q->timer.arg = q;
	q->asked = plain_name(name) && view_copy(name, q->name, sizeof(q->name)) == 0;
	if (q->asked && resolve(q) != 0) {
		free(q);
		return NULL;
	}
	/* What cannot be asked fails from the loop, as all else does. */
	loop_timer_set(u->loop, &q->timer, q->asked ? u->timeout_ms : 0);
	if ((q->next = u->queries) != NULL)
		q->next->prevp = &q->next;
	q->prevp = &u->queries;
	u->queries = q;
	return q;
}

static void
cancel(struct resolver *r, struct resolver_query *q)
{
	struct unbound *u = (struct unbound *)r;

	if (q->asked)
		(void)ub_cancel(u->ctx, q->id);
	query_unlink(q);
	free(q);
}

static void
release(struct resolver *r)
{
	struct unbound *u = (struct unbound *)r;
	struct resolver_query *q, *next;

	if (u == NULL)
		return;
	for (q = u->queries; q != NULL; q = next) {
		next = q->next;
		cancel(r, q);
	}
	loop_unwatch(u->loop, &u->watch);
	ub_ctx_delete(u->ctx);
	arena_free(u->arena);
	free(u);
}

int
resolver_unbound(struct loop *loop, const struct conf *conf, struct resolver **out,
    struct err *err)
{
	struct unbound *u;

	*out = NULL;
	if ((u = calloc(1, sizeof(*u))) == NULL)
		return err_internal(err, "out of memory");
	u->base = (struct resolver){ ask, cancel, release };
	u->loop = loop;
	u->timeout_ms = conf->dns_timeout_ms;
	u->anchored = conf->trust_anchor[0] != '\0';
	if (!u->anchored)
		log_event(LOG_WARNING, "dnssec.off", LOGF_S("why", "allow_no_dnssec"));
	u->arena = arena_new();
	u->watch.fn = on_pipe;
	u->watch.arg = u;
	if (unbound_new(conf, &u->ctx, err) != 0) {
		release(&u->base);
		return -1;
	}
	if (loop_watch(loop, &u->watch, ub_fd(u->ctx), EPOLLIN) != 0) {
		release(&u->base);
		return err_internal(err, "cannot watch libunbound's pipe");
	}
	*out = &u->base;
	return 0;
}
