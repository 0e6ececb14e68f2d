/* SPDX-License-Identifier: BSD-2-Clause */
/* LISTDOMAINS (partner-api 4.9). */
#include "partner/actions.h"

#include "partner/listing.h"
#include "policy/pricing.h"
#include "store/subscription.h"

static int
rows(struct listing *l, size_t *n, struct err *err)
{
	struct call *c = l->call;
	const struct subscription *s = l->arg;
	struct listed_name *names;
	struct ident id;
	size_t i;

	if (report_names(c->svc->store->db, c->arena, s->id, &l->part, &names, n, err) != 0)
		return -1;
	for (i = 0; i < *n; i++) {
		id = (struct ident){ IDENT_DNS, names[i].is_wildcard, names[i].name };
		jsonw_open(&c->w);
		jsonw_kv_str(&c->w, "domainName", ident_text(c->arena, &id));
		args_put_time(c, "expiresAt", s->end_at);
		jsonw_close(&c->w);
		l->part.from = names[i].id + 1;
	}
	return 0;
}

int
action_list_domains(struct call *c, struct err *err)
{
	struct subscription *s = arena_alloc(c->arena, sizeof(*s));
	struct binding binding;
	struct page page;
	int rc;

	if (args_page(c->values[LIST_DOMAINS_PAGE], c->values[LIST_DOMAINS_SIZE], &page,
	    err) != 0 || args_binding(c, c->values[LIST_DOMAINS_ACCOUNT], &binding, err) != 0)
		return -1;
	rc = subscription_newest(c->svc->store->db, c->arena, binding.id, s, err);
	if (rc < 0)
		return -1;
	/* Names go from the list when their subscription can no longer be extended. */
	if (rc == 0 || pricing_phase(c->req->now, s->end_at) == SUB_EXPIRED)
		page.limit = 0;
	return listing_put(c, "Domains", &page, rows, s, err);
}
