/* SPDX-License-Identifier: BSD-2-Clause */
/* validation show: everything that is known of the attempts to prove a name. */
#include "ctl/ctl.h"

#include "crypto/token.h"
#include "store/trace.h"
#include "wire/url.h"

/* What clients see, a URL of authorization or challenge or the end of it; or a row's id. */
static int
parse_id(struct ctl *c, struct view text, uint64_t *id, struct err *err)
{
	struct token_keys *keys;
	struct view part, file;
	bool found = false;

	if (view_u64(text, UINT64_MAX, id) == 0)
		return 0;
	if (conf_read_key(c->conf, c->arena, "admin", "url.key", &file, err) != 0 ||
	    token_keys_parse(file, &keys, err) != 0)
		return -1;
	while (!found && text.p != NULL) {
		part = view_cut(&text, '/');
		found = token_decode(keys, TOKEN_AUTHZ, part, id) == 0;
	}
	token_keys_free(keys);
	return found ? 0 : ctl_usage(err, "that is no authorization of this CA");
}

static void
put_offered(struct jsonw *w, unsigned offered)
{
	unsigned t;

	jsonw_key(w, "offered");
	jsonw_open_array(w);
	for (t = CHALL_NONE + 1; t < CHALL_TYPE__MAX; t++)
		if ((offered & BIT(t)) != 0)
			jsonw_str(w, view_of(chall_type_name((enum chall_type)t)));
	jsonw_close_array(w);
}

static const char *
status_now(struct ctl *c, const struct authz_trace *z)
{
	struct authz a = { .status = z->status, .expires_at = z->expires_at,
	    .deactivated_at = z->deactivated_at };

	return authz_status_name(authz_status_at(&a, clk_now(c->clk)));
}

static void
put_authz(struct ctl *c, const struct authz_trace *z)
{
	const struct url_base base = { view_of(c->conf->base_url), z->server };
	struct ident id = { z->ident_type, z->is_wildcard, z->ident_value };
	struct jsonw *w = &c->out.w;

	jsonw_kv_cstr(w, "id", arena_printf(c->arena, "%llu", (unsigned long long)z->id));
	jsonw_kv_cstr(w, "type", ident_type_name(z->ident_type));
	jsonw_kv_str(w, "identifier", ident_text(c->arena, &id));
	jsonw_kv_bool(w, "subdomains", z->covers_subdomains);
	jsonw_kv_cstr(w, "status", status_now(c, z));
	jsonw_kv_str(w, "reseller", z->login_name);
	jsonw_kv_str(w, "account", url_account(c->arena, &base, z->acme_account_id));
	jsonw_kv_cstr(w, "order", arena_printf(c->arena, "%llu",
	    (unsigned long long)z->order_id));
	put_offered(w, z->offered);
	jsonw_kv_cstr(w, "challenge", chall_type_name(z->active_type));
	out_time(w, "created", z->created_at);
	out_time(w, "validated", z->validated_at);
	out_time(w, "expires", z->expires_at);
	out_time(w, "deactivated", z->deactivated_at);
	if (z->error.n != 0) {
		jsonw_key(w, "error");
		jsonw_raw(w, z->error);
	}
}

static void
put_step(struct jsonw *w, const char *verdict, const struct trace_step *s)
{
	jsonw_open(w);
	out_time(w, "at", s->checked_at);
	jsonw_kv_str(w, "method", s->method);
	jsonw_kv_bool(w, verdict, s->is_yes);
	jsonw_key(w, "seen");
	jsonw_raw(w, s->record);
	jsonw_close(w);
}

/* In the order in which they were made; of very many the newest, and how many more there are. */
static void
put_steps(struct jsonw *w, const char *name, const char *left_out, const char *verdict,
    const struct trace_step *s, size_t n)
{
	size_t i;

	jsonw_kv_int(w, left_out, n != 0 ? (int64_t)(s[0].total - n) : 0);
	jsonw_key(w, name);
	jsonw_open_array(w);
	for (i = n; i > 0; i--)
		put_step(w, verdict, &s[i - 1]);
	jsonw_close_array(w);
}

int
ctl_validation_show(struct ctl *c, struct err *err)
{
	struct trace_step *verdicts, *caa;
	struct authz_trace z;
	size_t nverdicts, ncaa;
	uint64_t id;
	int rc;

	if (ctl_args(c, 1, err) != 0 || parse_id(c, view_of(c->argv[0]), &id, err) != 0 ||
	    ctl_open(c, err) != 0 ||
	    (rc = authz_trace_get(c->store.db, c->arena, id, &z, err)) < 0)
		return -1;
	if (rc == 0)
		return ctl_usage(err, "there is no authorization %s", c->argv[0]);
	if (authz_trace_verdicts(c->store.db, c->arena, id, &verdicts, &nverdicts, err) != 0 ||
	    authz_trace_caa(c->store.db, c->arena, id, &caa, &ncaa, err) != 0)
		return -1;
	jsonw_open(&c->out.w);
	put_authz(c, &z);
	put_steps(&c->out.w, "validations", "olderValidations", "proven", verdicts, nverdicts);
	put_steps(&c->out.w, "caa", "olderCAA", "permitted", caa, ncaa);
	jsonw_close(&c->out.w);
	return 0;
}
