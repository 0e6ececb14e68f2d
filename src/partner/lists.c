/* SPDX-License-Identifier: BSD-2-Clause */
/* LISTDOMAINS (partner-api 4.9). */
#include "partner/actions.h"

#include "partner/args.h"
#include "policy/pricing.h"
#include "store/subscription.h"
#include "wire/timefmt.h"

int
action_list_domains(struct call *c, struct err *err)
{
	char expires[RFC3339_LEN + 1];
	struct listed_name *names;
	struct binding binding;
	struct ident id;
	struct page page;
	size_t i, n;

	if (args_page(c->values[LIST_DOMAINS_PAGE], c->values[LIST_DOMAINS_SIZE], &page,
	    err) != 0 || args_binding(c, c->values[LIST_DOMAINS_ACCOUNT], &binding, err) != 0)
		return -1;
	/* Names go from the list when their subscription can no longer be extended. */
	if (sub_names_listed(c->svc->store->db, c->arena, binding.id,
	    c->req->now - (int64_t)SUB_GRACE_DAYS * DAY_S, page.limit, page.offset, &names, &n,
	    err) != 0)
		return -1;
	jsonw_open(&c->w);
	jsonw_key(&c->w, "Domains");
	jsonw_open_array(&c->w);
	for (i = 0; i < n; i++) {
		id = (struct ident){ IDENT_DNS, names[i].is_wildcard, names[i].name };
		rfc3339_format(names[i].end_at, expires);
		jsonw_open(&c->w);
		jsonw_kv_str(&c->w, "domainName", ident_text(c->arena, &id));
		jsonw_kv_cstr(&c->w, "expiresAt", expires);
		jsonw_close(&c->w);
	}
	jsonw_close_array(&c->w);
	jsonw_close(&c->w);
	return 0;
}
