/* SPDX-License-Identifier: BSD-2-Clause */
/* LISTDOMAINS (partner-api 4.9). */
#include "partner/actions.h"

#include "partner/listing.h"
#include "policy/pricing.h"
#include "store/subscription.h"

/* Whose names are listed. */
struct names {
	struct subscription	sub;
	bool			with_anchors;
};

static int
rows(struct listing *l, size_t *n, struct err *err)
{
	struct call *c = l->call;
	const struct names *s = l->arg;
	struct listed_name *names;
	struct ident id;
	size_t i;

	if (report_names(c->svc->store->db, c->arena, s->sub.id, &l->part, &names, n, err) != 0)
		return -1;
	for (i = 0; i < *n; i++) {
		id = (struct ident){ IDENT_DNS, names[i].is_wildcard, names[i].name };
		jsonw_open(&c->w);
		jsonw_kv_str(&c->w, "domainName", ident_text(c->arena, &id));
		args_put_time(c, "expiresAt", s->sub.end_at);
		if (s->with_anchors && names[i].anchor.p != NULL)
			jsonw_kv_str(&c->w, "ovAnchorOrderNumber", names[i].anchor);
		jsonw_close(&c->w);
		l->part.from = names[i].id + 1;
	}
	return 0;
}

int
action_list_domains(struct call *c, struct err *err)
{
	struct names *s = arena_alloc(c->arena, sizeof(*s));
	enum validation_type type;
	struct binding binding;
	struct page page;
	int rc;

	if (args_page(c->values[LIST_DOMAINS_PAGE], c->values[LIST_DOMAINS_SIZE], &page,
	    err) != 0 || args_binding(c, c->values[LIST_DOMAINS_ACCOUNT], &binding, err) != 0 ||
	    args_validation(c, &binding, &type, err) != 0)
		return -1;
	s->with_anchors = type == VALIDATION_OV;
	rc = subscription_newest(c->svc->store->db, c->arena, binding.id, &s->sub, err);
	if (rc < 0)
		return -1;
	/* Names go from the list when their subscription can no longer be extended. */
	if (rc == 0 || pricing_phase(c->req->now, s->sub.end_at) == SUB_EXPIRED)
		page.limit = 0;
	return listing_put(c, "Domains", &page, rows, s, err);
}
