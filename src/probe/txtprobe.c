/* SPDX-License-Identifier: BSD-2-Clause */
/* One question for TXT records, and a verdict on what came. */
#include "probe/txtprobe.h"

#include "probe/excerpt.h"
#include "probe/txt.h"
#include "wire/json.h"

#define RECORD_MAX	((size_t)8192)	/* bytes */
#define RECORD_VALUES	10		/* of the values that were seen */

struct probe {
	const struct prober	*pr;
	struct arena		*arena;
	const struct probe_ask	*ask;
	probe_done		 done;
	void			*arg;
	struct loop_timer	 timer;		/* to begin */
	struct resolver_query	*query;		/* under way */
	const struct txt_rule	*rule;
	struct view		 owner;
	const struct view	*values;	/* what was there */
	size_t			 n;
	struct verdict		 verdict;
};

static struct view
record(const struct probe *p)
{
	struct buf b = BUF_INIT(RECORD_MAX);
	char shown[EXCERPT_MAX];
	struct view out;
	struct jsonw w;
	size_t i;

	jsonw_init(&w, &b);
	jsonw_open(&w);
	jsonw_kv_str(&w, "name", p->owner);
	jsonw_kv_cstr(&w, "type", "TXT");
	jsonw_kv_int(&w, "count", (int64_t)p->n);
	jsonw_key(&w, "values");
	jsonw_open_array(&w);
	for (i = 0; i < p->n && i < RECORD_VALUES; i++) {
		excerpt(p->values[i], shown, sizeof(shown));
		jsonw_str(&w, view_of(shown));
	}
	jsonw_close_array(&w);
	jsonw_kv_cstr(&w, "dnssec", dnssec_state_name(p->verdict.dnssec));
	if (!p->verdict.ok)
		jsonw_kv_cstr(&w, "error", p->verdict.err.detail);
	jsonw_close(&w);
	out = buf_failed(&b) ? VIEW("{}") : arena_view(p->arena, buf_view(&b));
	buf_release(&b);
	return out;
}

static void
end(struct probe *p)
{
	p->verdict.adn = p->ask->ident.value;
	p->verdict.record = record(p);
	p->done(p->arg, &p->verdict);
}

static void
keep_values(struct probe *p, const struct dns_answer *answer)
{
	struct view *v = arena_array(p->arena, answer->n, sizeof(*v));
	size_t i;

	for (i = 0; i < answer->n; i++)
		if (txt_parse(p->arena, answer->rdata[i], &v[p->n]) == 0)
			p->n++;
	p->values = v;
}

static void
on_answer(void *arg, const struct dns_answer *answer, const struct err *err)
{
	struct probe *p = arg;
	struct txt_seen seen;

	p->query = NULL;
	p->verdict.dnssec = answer->dnssec;
	if (err != NULL) {
		p->verdict.transient = true;
		p->verdict.err = *err;
		end(p);
		return;
	}
	keep_values(p, answer);
	seen = (struct txt_seen){ p->owner, p->values, p->n, answer->nxdomain };
	p->verdict.ok = p->rule->proves(p->pr, p->arena, p->ask, &seen, &p->verdict);
	/* What is not there yet may be there soon: names take their time to spread. */
	p->verdict.transient = !p->verdict.ok;
	end(p);
}

static void
begin(void *arg)
{
	struct probe *p = arg;
	struct resolver *r = p->pr->resolver;

	if (p->ask->ident.type != IDENT_DNS) {
		err_set(&p->verdict.err, ERR_MALFORMED,
		    "%s does not prove control of addresses", p->rule->method);
		end(p);
	} else if (p->owner.n > NAME_MAX_BYTES) {
		err_set(&p->verdict.err, ERR_DNS, "The name is too long for %s: "
		    "with its labels it has %zu octets", p->rule->method, p->owner.n);
		end(p);
	} else if ((p->query = r->ask(r, p->owner, DNS_TYPE_TXT, on_answer, p)) == NULL) {
		p->verdict.transient = true;
		err_internal(&p->verdict.err, "the resolver takes no question");
		end(p);
	}
}

struct probe *
txtprobe_start(const struct txt_rule *rule, struct view owner, const struct prober *pr,
    struct arena *arena, const struct probe_ask *ask, probe_done done, void *arg)
{
	struct probe *p = arena_alloc(arena, sizeof(*p));

	p->pr = pr;
	p->arena = arena;
	p->ask = ask;
	p->done = done;
	p->arg = arg;
	p->rule = rule;
	p->owner = owner;
	p->timer.fn = begin;
	p->timer.arg = p;
	loop_timer_set(pr->loop, &p->timer, 0);
	return p;
}

void
txtprobe_cancel(struct probe *p)
{
	struct resolver *r = p->pr->resolver;

	loop_timer_cancel(p->pr->loop, &p->timer);
	if (p->query != NULL)
		r->cancel(r, p->query);
}
