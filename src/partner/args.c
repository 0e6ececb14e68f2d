/* SPDX-License-Identifier: BSD-2-Clause */
/* Arguments that several actions take. */
#include "partner/args.h"

#include "auth/servers.h"
#include "base/base64url.h"
#include "crypto/digest.h"
#include "policy/pricing.h"
#include "store/account.h"
#include "store/binding.h"
#include "wire/partner_error.h"

#define PAGE_DEFAULT	100	/* elements of a page */
#define PAGE_MAX	1000
#define MAC_KEY_MAX	64	/* bytes of an unwrapped MAC key */

int
args_term(enum conf_rules rules, struct view years, struct view days, unsigned *out,
    struct err *err)
{
	uint64_t max = rules == CONF_RULES_V1 ? 1 : PRICING_YEARS_MAX;
	uint64_t n = 1;

	if (years.n != 0) {
		if (view_u64(years, max, &n) != 0 || n == 0)
			return partner_error_arg(err, E3, VIEW("years"));
	} else if (days.n != 0) {
		if (view_u64(days, max * DAYS_A_YEAR, &n) != 0 || n == 0 ||
		    n % DAYS_A_YEAR != 0)
			return partner_error_arg(err, E3, VIEW("days"));
		n /= DAYS_A_YEAR;
	}
	*out = (unsigned)n;
	return 0;
}

int
args_page(struct view page, struct view size, struct page *out, struct err *err)
{
	uint64_t p = 0, n = PAGE_DEFAULT;

	if (page.n != 0 && view_u64(page, UINT32_MAX, &p) != 0)
		return partner_error_arg(err, E3, VIEW("page"));
	if (size.n != 0 && (view_u64(size, UINT32_MAX, &n) != 0 || n == 0))
		return partner_error_arg(err, E3, VIEW("size"));
	if (n > PAGE_MAX)
		n = PAGE_MAX;
	if (page.n == 0 && size.n == 0)
		n = UINT64_MAX;
	*out = (struct page){ .limit = n, .offset = p * n };
	return 0;
}

static int
bad_domain(const struct err *why, struct err *err)
{
	(void)partner_error_arg(err, E3, VIEW("domainName"));
	return err_inner(err, "%s", why->detail);
}

int
args_domain_spelling(struct call *c, struct view v, struct ident *out, struct err *err)
{
	struct err why = ERR_INIT;

	if (names_parse(c->arena, c->svc->conf->ip_identifiers, v, out, &why) != 0)
		return bad_domain(&why, err);
	c->name = ident_text(c->arena, out);
	return 0;
}

int
args_domain(struct call *c, struct view v, struct ident *out, struct err *err)
{
	struct err why;

	if (args_domain_spelling(c, v, out, err) != 0)
		return -1;
	return names_check(c->svc->names, out, &why) != 0 ? bad_domain(&why, err) : 0;
}

int
args_binding(struct call *c, struct view acme_account_id, struct binding *out,
    struct err *err)
{
	int rc;

	rc = binding_of_account(c->svc->store->db, c->arena, acme_account_id,
	    c->reseller.id, out, err);
	if (rc == 0)
		return partner_error_arg(err, E3, VIEW("acmeAccountID"));
	c->account = acme_account_id;
	return rc < 0 ? -1 : 0;
}

int
args_validation(struct call *c, const struct binding *b, enum validation_type *out,
    struct err *err)
{
	struct server s;

	if (servers_get(c->svc->servers, c->svc->store, c->arena, b->server_id, &s, err) != 1)
		return err->kind != ERR_NONE ? -1 : err_internal(err, "server vanished");
	*out = s.validation_type;
	return 0;
}

int
args_account_id(struct call *c, struct view acme_account_id, uint64_t *id, struct err *err)
{
	struct account a;
	int rc;

	rc = account_get(c->svc->store->db, c->arena, acme_account_id, &a, err);
	if (rc == 0)
		return err_internal(err, "account vanished");
	*id = a.id;
	return rc < 0 ? -1 : 0;
}

struct audit
args_audit(const struct call *c, uint64_t id, const char *event, uint64_t object_id,
    struct view detail)
{
	return (struct audit){ id, c->req->now,
	    view_of(arena_printf(c->arena, "reseller %.*s", VIEW_ARG(c->reseller.login_name))),
	    event, object_id, detail };
}

void
args_put_bill(struct call *c, uint64_t number, int64_t cents)
{
	jsonw_kv_bool(&c->w, "success", true);
	if (number != 0)
		jsonw_kv_int(&c->w, "orderNumber", (int64_t)number);
	args_put_cost(c, cents);
}

void
args_put_cost(struct call *c, int64_t cents)
{
	char cost[CENTS_TEXT_MAX];

	cents_format(cents, cost);
	jsonw_key(&c->w, "cost");
	jsonw_raw(&c->w, view_of(cost));
	jsonw_kv_str(&c->w, "currency", c->reseller.currency);
}

void
args_put_time(struct call *c, const char *name, int64_t at)
{
	if (at != 0)
		jsonw_kv_time(&c->w, name, at);
}

int
args_put_credential(struct call *c, const struct credential *k, struct err *err)
{
	char text[B64U_LEN(MAC_KEY_MAX) + 1];
	uint8_t key[MAC_KEY_MAX];
	size_t n = k->mac_key.n - WRAP_OVERHEAD;

	if (k->mac_key.n <= WRAP_OVERHEAD || n > sizeof(key))
		return err_internal(err, "MAC key of binding %.*s has %zu bytes",
		    VIEW_ARG(k->key_id), k->mac_key.n);
	if (unwrap(c->svc->wrap_keys, k->mac_key_version, k->key_id, k->mac_key, key,
	    err) != 0)
		return -1;
	b64u_encode(key, n, text);
	jsonw_kv_cstr(&c->w, "eabMACKeyb64url", text);
	jsonw_kv_str(&c->w, "eabMACIDb64url", k->key_id);
	secret_wipe(key, sizeof(key));
	secret_wipe(text, sizeof(text));
	return 0;
}

void
args_put_domains(struct call *c, const struct sub_name *names, size_t n)
{
	struct ident id;
	size_t i;

	jsonw_key(&c->w, "Domains");
	jsonw_open_array(&c->w);
	for (i = 0; i < n; i++) {
		id = (struct ident){ IDENT_DNS, names[i].is_wildcard, names[i].name };
		jsonw_open(&c->w);
		jsonw_kv_str(&c->w, "domainName", ident_text(c->arena, &id));
		jsonw_close(&c->w);
	}
	jsonw_close_array(&c->w);
}
