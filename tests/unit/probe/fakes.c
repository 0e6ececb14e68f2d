/* SPDX-License-Identifier: BSD-2-Clause */
/* A resolver and a fetcher that play from tables. */
#include "fakes.h"

#include "probe/address.h"

struct resolver_query {
	struct fakes		*fakes;
	const struct fake_answer *row;	/* NULL: no such record */
	struct view		 name;
	uint16_t		 type;
	resolver_done		 done;
	void			*arg;
	struct loop_timer	 timer;
	bool			 over;
};

struct fetch {
	struct fakes		*fakes;
	const struct fake_page	*row;	/* NULL: refused */
	fetch_done		 done;
	void			*arg;
	struct loop_timer	 timer;
	bool			 over;
};

static struct fakes *
of_resolver(struct resolver *r)
{
	return (struct fakes *)((char *)r - offsetof(struct fakes, resolver));
}

static struct fakes *
of_fetcher(struct fetcher *f)
{
	return (struct fakes *)((char *)f - offsetof(struct fakes, fetcher));
}

static void
answer(void *arg)
{
	struct resolver_query *q = arg;
	const struct fake_answer *row = q->row;
	struct dns_answer a = { .name = q->name, .type = q->type, .dnssec = DNSSEC_INSECURE };
	struct err err = ERR_INIT;

	q->over = true;
	q->fakes->open--;
	if (row != NULL) {
		a.dnssec = row->dnssec;
		a.nxdomain = row->nxdomain;
		a.rdata = row->rdata;
		while (row->failure == NULL && a.n < FAKE_RDATA_MAX && row->rdata[a.n].n != 0)
			a.n++;
	}
	if (row != NULL && row->failure != NULL)
		err_set(&err, ERR_DNS, "%s", row->failure);
	q->done(q->arg, &a, err.kind != ERR_NONE ? &err : NULL);
}

static const struct fake_answer *
find_answer(struct fakes *f, struct view name, uint16_t type)
{
	const struct fake_answer *row;
	size_t i;

	for (i = 0; i < f->nanswers; i++) {
		row = &f->answers[i];
		if (row->type != type || !view_is(name, row->name) ||
		    (row->times != 0 && f->used[i] >= row->times))
			continue;
		f->used[i]++;
		return row;
	}
	return NULL;
}

static struct resolver_query *
ask(struct resolver *r, struct view name, uint16_t type, resolver_done done, void *arg)
{
	struct fakes *f = of_resolver(r);
	const struct fake_answer *row = find_answer(f, name, type);
	struct resolver_query *q;

	f->asked++;
	if (row != NULL && row->refuse)
		return NULL;
	q = arena_alloc(f->arena, sizeof(*q));
	*q = (struct resolver_query){ .fakes = f, .row = row, .type = type, .done = done,
	    .arg = arg, .timer = { .fn = answer, .arg = q } };
	q->name = arena_view(f->arena, name);
	f->open++;
	if (row == NULL || !row->hang)
		loop_timer_set(f->loop, &q->timer, row != NULL ? row->delay_ms : 0);
	return q;
}

static void
cancel_query(struct resolver *r, struct resolver_query *q)
{
	struct fakes *f = of_resolver(r);

	f->wrong += q->over;
	q->over = true;
	f->open--;
	loop_timer_cancel(f->loop, &q->timer);
}

static void
fail(struct fetch *t, enum err_kind kind, const char *detail, bool connected)
{
	struct err err = ERR_INIT;

	err_set(&err, kind, "%s", detail);
	t->done(t->arg, NULL, &err, connected);
}

static void
end(void *arg)
{
	struct fetch *t = arg;
	const struct fake_page *row = t->row;
	struct fetch_reply reply = { 0 };

	t->over = true;
	t->fakes->open--;
	if (row == NULL)
		fail(t, ERR_CONNECTION, "Connection refused", false);
	else if (row->blackhole)
		fail(t, ERR_CONNECTION, "Timeout during connect", false);
	else if (row->hang)
		fail(t, ERR_CONNECTION, "Timeout after connect", true);
	else if (row->kind != ERR_NONE)
		fail(t, row->kind, row->detail, row->connected);
	else {
		reply.status = row->status;
		reply.location = view_of(row->location);
		reply.body = row->body;
		reply.body_too_long = row->body_too_long;
		t->done(t->arg, &reply, NULL, true);
	}
}

static const struct fake_page *
find_page(struct fakes *f, const char *url, const char *address)
{
	size_t i;

	for (i = 0; i < f->npages; i++)
		if (strcmp(f->pages[i].url, url) == 0 && (f->pages[i].address == NULL ||
		    strcmp(f->pages[i].address, address) == 0))
			return &f->pages[i];
	return NULL;
}

static struct fetch *
start(struct fetcher *base, const struct fetch_ask *ask, fetch_done done, void *arg)
{
	struct fakes *f = of_fetcher(base);
	struct fetch *t = arena_alloc(f->arena, sizeof(*t));
	char address[ADDRESS_TEXT_MAX];
	const char *url = url_text(f->arena, &ask->url).p;
	int64_t delay = 0;

	address_text(&ask->address, address);
	*t = (struct fetch){ .fakes = f, .row = find_page(f, url, address), .done = done,
	    .arg = arg, .timer = { .fn = end, .arg = t } };
	if (f->started < FAKE_LOG_MAX) {
		(void)snprintf(f->fetched[f->started].url, 256, "%s", url);
		(void)snprintf(f->fetched[f->started].address, 64, "%s", address);
		f->fetched[f->started].port = ask->port;
	}
	f->started++;
	if (t->row != NULL && t->row->refuse)
		return NULL;
	if (t->row != NULL)
		delay = t->row->hang ? ask->total_ms : t->row->blackhole ? ask->connect_ms :
		    t->row->delay_ms;
	f->open++;
	loop_timer_set(f->loop, &t->timer, delay);
	return t;
}

static void
cancel_fetch(struct fetcher *base, struct fetch *t)
{
	struct fakes *f = of_fetcher(base);

	f->wrong += t->over;
	t->over = true;
	f->open--;
	loop_timer_cancel(f->loop, &t->timer);
}

void
fakes_init(struct fakes *f, struct loop *loop)
{
	*f = (struct fakes){ .loop = loop, .arena = arena_new() };
	f->resolver = (struct resolver){ ask, cancel_query, NULL };
	f->fetcher = (struct fetcher){ start, cancel_fetch, NULL };
}

void
fakes_play(struct fakes *f, const struct fake_answer *answers, size_t nanswers,
    const struct fake_page *pages, size_t npages)
{
	arena_reset(f->arena);
	f->answers = answers;
	f->nanswers = nanswers;
	f->pages = pages;
	f->npages = npages;
	f->used = arena_array(f->arena, nanswers, sizeof(*f->used));
	f->asked = f->started = 0;
}

void
fakes_release(struct fakes *f)
{
	arena_free(f->arena);
}
