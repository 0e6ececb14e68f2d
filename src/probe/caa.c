/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The CAA climb (RFC 8659 s3).  All names up to the TLD are asked at once; the
 * answers count from the lowest up, as if they had been asked in turn (CAA-01).
 */
#include "probe/caa.h"

#include "probe/excerpt.h"
#include "wire/json.h"

#define RETRY_MS	500			/* between two tries */
#define TRIES		2			/* CAA-10 */
#define RECORD_MAX	((size_t)16384)		/* bytes */
#define RECORD_VALUES	20			/* of the records that decide */
#define RECORD_VALUE_MAX	256		/* bytes of one */

enum state { STATE_OPEN, STATE_ANSWERED, STATE_FAILED };

struct question {
	struct caa_query	*c;
	struct view		 name;
	enum state		 state;
	unsigned		 tries;
	struct resolver_query	*query;		/* under way */
	struct loop_timer	 timer;		/* until the next try */
	enum dnssec_state	 dnssec;
	struct caarr		*rrs;
	size_t			 n;		/* of records, broken ones included */
	size_t			 nrrs;		/* that could be parsed */
	struct err		 err;
};

struct caa_query {
	const struct prober	*pr;
	struct arena		*arena;
	caa_done		 done;
	void			*arg;
	struct question		*questions;	/* from the name up to its TLD */
	size_t			 n;
	struct caa_climb	 climb;
};

static void
put_question(struct jsonw *w, const struct question *q)
{
	jsonw_open(w);
	jsonw_kv_str(w, "name", q->name);
	if (q->state == STATE_FAILED)
		jsonw_kv_cstr(w, "error", q->err.detail);
	else
		jsonw_kv_int(w, "records", (int64_t)q->n);
	jsonw_close(w);
}

/* The records that decide, as they may be shown. */
static void
put_set(struct jsonw *w, const struct caa_set *set)
{
	char tag[EXCERPT_MAX], value[RECORD_VALUE_MAX];
	size_t i;

	jsonw_key(w, "values");
	jsonw_open_array(w);
	for (i = 0; i < set->n && i < RECORD_VALUES; i++) {
		excerpt(set->rrs[i].tag, tag, sizeof(tag));
		excerpt(set->rrs[i].value, value, sizeof(value));
		jsonw_open(w);
		jsonw_kv_int(w, "flags", set->rrs[i].flags);
		jsonw_kv_cstr(w, "tag", tag);
		jsonw_kv_cstr(w, "value", value);
		jsonw_close(w);
	}
	jsonw_close_array(w);
}

/* What the result rests on: the first asked questions. */
static struct view
record(const struct caa_query *c, size_t asked)
{
	struct buf b = BUF_INIT(RECORD_MAX);
	struct view out;
	struct jsonw w;
	size_t i;

	jsonw_init(&w, &b);
	jsonw_open(&w);
	jsonw_key(&w, "questions");
	jsonw_open_array(&w);
	for (i = 0; i < asked; i++)
		put_question(&w, &c->questions[i]);
	jsonw_close_array(&w);
	jsonw_kv_str(&w, "found", c->climb.set.found);
	put_set(&w, &c->climb.set);
	jsonw_kv_cstr(&w, "dnssec", dnssec_state_name(c->climb.dnssec));
	jsonw_close(&w);
	out = buf_failed(&b) ? VIEW("{}") : arena_view(c->arena, buf_view(&b));
	buf_release(&b);
	return out;
}

void
caa_cancel(struct caa_query *c)
{
	struct resolver *r = c->pr->resolver;
	size_t i;

	for (i = 0; i < c->n; i++) {
		loop_timer_cancel(c->pr->loop, &c->questions[i].timer);
		if (c->questions[i].query != NULL)
			r->cancel(r, c->questions[i].query);
	}
}

/* The climb ends at questions[at], or above the last one. */
static void
end(struct caa_query *c, size_t at)
{
	const struct question *q = at < c->n ? &c->questions[at] : NULL;
	struct caa_climb *climb = &c->climb;
	size_t i, asked = q != NULL ? at + 1 : c->n;

	caa_cancel(c);
	climb->dnssec = c->questions[0].dnssec;
	for (i = 1; i < asked; i++)
		climb->dnssec = dnssec_weaker(climb->dnssec, c->questions[i].dnssec);
	if (q != NULL && q->state == STATE_FAILED)
		climb->err = q->err;
	else if (q != NULL)
		climb->set = (struct caa_set){ .found = q->name, .rrs = q->rrs,
		    .n = q->nrrs, .broken = q->nrrs != q->n };
	climb->record = record(c, asked);
	c->done(c->arg, climb);
}

/* See whether what is answered so far decides. */
static void
climb_on(struct caa_query *c)
{
	const struct question *q;
	size_t i;

	for (i = 0; i < c->n; i++) {
		q = &c->questions[i];
		if (q->state == STATE_OPEN)
			return;
		if (q->state == STATE_FAILED || q->n != 0)
			break;
	}
	end(c, i);
}

static void
keep_records(struct question *q, const struct dns_answer *answer)
{
	struct arena *arena = q->c->arena;
	size_t i;

	q->state = STATE_ANSWERED;
	q->n = answer->n;
	q->rrs = arena_array(arena, answer->n, sizeof(*q->rrs));
	for (i = 0; i < answer->n; i++)
		if (caarr_parse(arena, arena_view(arena, answer->rdata[i]),
		    &q->rrs[q->nrrs]) == 0)
			q->nrrs++;
}

static void
on_answer(void *arg, const struct dns_answer *answer, const struct err *err)
{
	struct question *q = arg;

	q->query = NULL;
	q->dnssec = answer->dnssec;
	if (err == NULL)
		keep_records(q, answer);
	else if (q->tries < TRIES) {
		loop_timer_set(q->c->pr->loop, &q->timer, RETRY_MS);
		return;
	} else {
		q->state = STATE_FAILED;
		q->err = *err;
	}
	climb_on(q->c);
}

static void
ask(void *arg)
{
	struct question *q = arg;
	struct resolver *r = q->c->pr->resolver;

	q->tries++;
	if ((q->query = r->ask(r, q->name, DNS_TYPE_CAA, on_answer, q)) != NULL)
		return;
	q->state = STATE_FAILED;
	err_internal(&q->err, "the resolver takes no question");
	climb_on(q->c);
}

static size_t
count_labels(struct view name)
{
	size_t n = 1;

	for (; name.n != 0; name.p++, name.n--)
		n += *name.p == '.';
	return n;
}

struct caa_query *
caa_start(const struct prober *pr, struct arena *arena, struct view name,
    caa_done done, void *arg)
{
	struct caa_query *c = arena_alloc(arena, sizeof(*c));
	struct view rest = arena_view(arena, name);
	struct question *q;
	size_t i;

	c->pr = pr;
	c->arena = arena;
	c->done = done;
	c->arg = arg;
	c->n = count_labels(name);
	c->questions = arena_array(arena, c->n, sizeof(*c->questions));
	for (i = 0; i < c->n; i++) {
		q = &c->questions[i];
		q->c = c;
		q->name = rest;
		q->timer.fn = ask;
		q->timer.arg = q;
		loop_timer_set(pr->loop, &q->timer, 0);
		(void)view_cut(&rest, '.');
	}
	return c;
}
