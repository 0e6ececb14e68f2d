/* SPDX-License-Identifier: BSD-2-Clause */
/* The addresses of a host name: two questions, one result. */
#include "probe/host.h"

/* One question and what came of it. */
struct lookup {
	struct host_query	*h;
	uint16_t		 type;
	int			 family;
	size_t			 size;		/* octets of an address */
	struct resolver_query	*query;		/* NULL: not under way */
	bool			 failed;
	bool			 nxdomain;
	enum dnssec_state	 dnssec;
	struct address		*v;
	size_t			 n;
	struct err		 err;
};

struct host_query {
	const struct prober	*pr;
	struct arena		*arena;
	struct view		 name;
	host_done		 done;
	void			*arg;
	struct lookup		 a, aaaa;
	struct loop_timer	 timer;		/* when nothing could be asked */
	struct host		 host;
};

static bool
is_bogus(const struct lookup *l)
{
	return l->failed && l->dnssec == DNSSEC_BOGUS;
}

/* Why there is no address. */
static void
explain(struct host_query *h)
{
	if (h->a.failed)
		h->host.err = h->a.err;
	else if (h->aaaa.failed)
		h->host.err = h->aaaa.err;
	else if (h->a.nxdomain)
		err_set(&h->host.err, ERR_DNS, "DNS problem: NXDOMAIN looking up A for "
		    "%.*s - check that a DNS record exists for this domain",
		    VIEW_ARG(h->name));
	else
		err_set(&h->host.err, ERR_DNS, "DNS problem: no A or AAAA records "
		    "found for %.*s", VIEW_ARG(h->name));
}

static void
join(struct host_query *h)
{
	struct host *host = &h->host;

	host->v4 = h->a.v;
	host->nv4 = h->a.n;
	host->v6 = h->aaaa.v;
	host->nv6 = h->aaaa.n;
	if (h->a.failed)
		host->dnssec = h->aaaa.dnssec;
	else if (h->aaaa.failed)
		host->dnssec = h->a.dnssec;
	else
		host->dnssec = dnssec_weaker(h->a.dnssec, h->aaaa.dnssec);
	if (is_bogus(&h->a) || is_bogus(&h->aaaa)) {
		host->dnssec = DNSSEC_BOGUS;
		host->err = is_bogus(&h->a) ? h->a.err : h->aaaa.err;
	} else if (host->nv4 + host->nv6 == 0)
		explain(h);
}

static void
keep_addresses(struct lookup *l, const struct dns_answer *answer)
{
	size_t i;

	l->v = arena_array(l->h->arena, answer->n, sizeof(*l->v));
	for (i = 0; i < answer->n; i++) {
		if (answer->rdata[i].n != l->size)
			continue;
		l->v[l->n].family = l->family;
		memcpy(l->v[l->n].bytes, answer->rdata[i].p, l->size);
		l->n++;
	}
}

static void
on_answer(void *arg, const struct dns_answer *answer, const struct err *err)
{
	struct lookup *l = arg;
	struct host_query *h = l->h;

	l->query = NULL;
	l->dnssec = answer->dnssec;
	l->nxdomain = answer->nxdomain;
	if (err != NULL) {
		l->failed = true;
		l->err = *err;
	} else
		keep_addresses(l, answer);
	if (h->a.query != NULL || h->aaaa.query != NULL)
		return;
	join(h);
	h->done(h->arg, &h->host);
}

static void
on_timer(void *arg)
{
	struct host_query *h = arg;

	join(h);
	h->done(h->arg, &h->host);
}

static void
lookup_start(struct lookup *l)
{
	const struct prober *pr = l->h->pr;

	l->query = pr->resolver->ask(pr->resolver, l->h->name, l->type, on_answer, l);
	if (l->query == NULL) {
		l->failed = true;
		err_internal(&l->err, "the resolver takes no question");
	}
}

struct host_query *
host_start(const struct prober *pr, struct arena *arena, struct view name,
    host_done done, void *arg)
{
	struct host_query *h = arena_alloc(arena, sizeof(*h));

	h->pr = pr;
	h->arena = arena;
	h->name = arena_view(arena, name);
	h->done = done;
	h->arg = arg;
	h->a = (struct lookup){ .h = h, .type = DNS_TYPE_A, .family = AF_INET, .size = 4 };
	h->aaaa = (struct lookup){ .h = h, .type = DNS_TYPE_AAAA, .family = AF_INET6,
	    .size = 16 };
	h->timer.fn = on_timer;
	h->timer.arg = h;
	lookup_start(&h->aaaa);
	lookup_start(&h->a);
	if (h->a.query == NULL && h->aaaa.query == NULL)
		loop_timer_set(pr->loop, &h->timer, 0);
	return h;
}

void
host_cancel(struct host_query *h)
{
	struct resolver *r = h->pr->resolver;

	if (h->a.query != NULL)
		r->cancel(r, h->a.query);
	if (h->aaaa.query != NULL)
		r->cancel(r, h->aaaa.query);
	loop_timer_cancel(h->pr->loop, &h->timer);
}
