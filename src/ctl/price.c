/* SPDX-License-Identifier: BSD-2-Clause */
/* price set|show. */
#include "ctl/ctl.h"

#include "policy/pricing.h"

static void
put_price(struct jsonw *w, const char *server, unsigned kind, uint64_t years, int64_t cents)
{
	jsonw_kv_cstr(w, "server", server);
	jsonw_kv_cstr(w, "kind", kind == NAME_WILDCARD ? "wildcard" : "fqdn");
	jsonw_kv_int(w, "years", (int64_t)years);
	out_cents(w, "price", cents);
}

/* The reseller must be allowed to use it. */
static int
check_allowed(struct ctl *c, const struct reseller *r, uint64_t server, struct err *err)
{
	struct server *s;
	size_t i, n;

	if (server_list_of(c->store.db, c->arena, r->id, &s, &n, err) != 0)
		return -1;
	for (i = 0; i < n; i++)
		if (s[i].id == server)
			return 0;
	return ctl_usage(err, "the reseller %.*s may not use that server",
	    VIEW_ARG(r->login_name));
}

static int
parse_change(struct ctl *c, struct price_change *to, struct err *err)
{
	char text[CENTS_TEXT_MAX];
	uint64_t years;

	*to = (struct price_change){ .reseller_id = 0 };
	to->kind = strcmp(c->argv[2], "fqdn") == 0 ? NAME_FQDN :
	    strcmp(c->argv[2], "wildcard") == 0 ? NAME_WILDCARD : 0;
	if (to->kind == 0)
		return ctl_usage(err, "%s is neither fqdn nor wildcard", c->argv[2]);
	if (view_u64(view_of(c->argv[3]), PRICING_YEARS_MAX, &years) != 0 || years == 0)
		return ctl_usage(err, "%s is none of 1, 2, 3 years", c->argv[3]);
	if (cents_parse(view_of(c->argv[4]), &to->cents) != 0 || to->cents < 0)
		return ctl_usage(err, "%s is no price", c->argv[4]);
	to->years = (unsigned)years;
	cents_format(to->cents, text);
	to->detail = view_of(arena_printf(c->arena, "%s %s %u %s", c->argv[1], c->argv[2],
	    to->years, text));
	return 0;
}

int
ctl_price_set(struct ctl *c, struct err *err)
{
	struct price_change to;
	struct reseller r;

	if (ctl_args(c, 5, err) != 0 || parse_change(c, &to, err) != 0 || ctl_open(c, err) != 0 ||
	    ctl_find_reseller(c, c->argv[0], &r, err) != 0 ||
	    ctl_find_server(c, c->argv[1], &to.server_id, err) != 0 ||
	    check_allowed(c, &r, to.server_id, err) != 0)
		return -1;
	to.reseller_id = r.id;
	if (price_set(&c->store, &to, err) != 0)
		return -1;
	jsonw_open(&c->out.w);
	put_price(&c->out.w, c->argv[1], to.kind, to.years, to.cents);
	jsonw_close(&c->out.w);
	return 0;
}

/* The prices of one server, elements of the list. */
static int
put_prices(struct ctl *c, const struct reseller *r, const struct server *s, struct err *err)
{
	static const unsigned kinds[] = { NAME_FQDN, NAME_WILDCARD };
	int64_t cents[PRICING_YEARS_MAX];
	size_t i, y;

	for (i = 0; i < NITEMS(kinds); i++) {
		if (price_get(c->store.db, c->arena, r->id, s->id, kinds[i], cents, err) < 0)
			return -1;
		for (y = 0; y < PRICING_YEARS_MAX; y++) {
			if (cents[y] < 0)
				continue;
			jsonw_open(&c->out.w);
			put_price(&c->out.w, arena_str(c->arena, s->name), kinds[i], y + 1,
			    cents[y]);
			jsonw_close(&c->out.w);
		}
	}
	return 0;
}

int
ctl_price_show(struct ctl *c, struct err *err)
{
	struct reseller r;
	struct server *s;
	size_t i, n;

	if (ctl_args(c, 1, err) != 0 || ctl_open(c, err) != 0 ||
	    ctl_find_reseller(c, c->argv[0], &r, err) != 0 ||
	    server_list_of(c->store.db, c->arena, r.id, &s, &n, err) != 0)
		return -1;
	jsonw_open_array(&c->out.w);
	for (i = 0; i < n; i++)
		if (put_prices(c, &r, &s[i], err) != 0)
			return -1;
	jsonw_close_array(&c->out.w);
	return 0;
}
