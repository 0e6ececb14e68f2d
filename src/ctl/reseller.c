/* SPDX-License-Identifier: BSD-2-Clause */
/* reseller add|set|show|credit|list. */
#include "ctl/ctl.h"

#include "base/base64url.h"
#include "base/random.h"
#include "crypto/password.h"
#include "policy/pricing.h"
#include "wire/timefmt.h"
#include "wire/utf8.h"

#define PASSWORD_BYTES	18	/* of one that we make */

int
ctl_find_reseller(struct ctl *c, const char *name, struct reseller *r, struct err *err)
{
	int rc = reseller_get(c->store.db, c->arena, view_of(name), r, err);

	if (rc == 0)
		return ctl_usage(err, "there is no reseller %s", name);
	return rc < 0 ? -1 : 0;
}

/* From the file, or a fresh one; shown is what to print, NULL when it is known already. */
static int
get_password(struct ctl *c, const char *file, struct view *password,
    const char **shown, struct err *err)
{
	char *text = arena_alloc(c->arena, B64U_LEN(PASSWORD_BYTES) + 1);
	uint8_t raw[PASSWORD_BYTES];
	struct view content;

	*shown = NULL;
	if (file == NULL) {
		random_bytes(raw, sizeof(raw));
		b64u_encode(raw, sizeof(raw), text);
		*password = view_of(text);
		*shown = text;
		return 0;
	}
	if (conf_read_file(c->arena, file, 4096, &content, err) != 0)
		return -1;
	*password = view_cut(&content, '\n');
	if (password->n < 8 || password->n > PASSWORD_MAX)
		return ctl_usage(err, "a password has 8 to %d bytes", PASSWORD_MAX);
	return 0;
}

static bool
is_plain(struct view v)
{
	size_t i;

	for (i = 0; i < v.n; i++)
		if ((unsigned char)v.p[i] < ' ' || v.p[i] == 0x7f)
			return false;
	return utf8_valid(v);
}

static bool
is_upper(struct view v)
{
	size_t i;

	for (i = 0; i < v.n; i++)
		if (v.p[i] < 'A' || v.p[i] > 'Z')
			return false;
	return true;
}

static int
parse_reseller(struct ctl *c, struct reseller *r, const char **shown, struct err *err)
{
	const char *currency = ctl_option(c, "currency");
	const char *limit = ctl_option(c, "credit-limit");
	const char *file = ctl_option(c, "password-file");
	char *hash = arena_alloc(c->arena, PASSWORD_HASH_MAX);
	struct view password;

	if (ctl_args(c, 1, err) != 0)
		return -1;
	r->login_name = view_of(c->argv[0]);
	r->currency = view_of(currency != NULL ? currency : "USD");
	if (r->login_name.n == 0 || r->login_name.n > 64 || !is_plain(r->login_name))
		return ctl_usage(err, "a name has 1 to 64 bytes of UTF-8 without control characters");
	if (r->currency.n != 3 || !is_upper(r->currency))
		return ctl_usage(err, "a currency has three letters, as USD (ISO 4217)");
	if (limit != NULL && (cents_parse(view_of(limit), &r->credit_limit_cents) != 0 ||
	    r->credit_limit_cents < 0))
		return ctl_usage(err, "%s is no amount", limit);
	if (get_password(c, file, &password, shown, err) != 0 ||
	    password_hash(password, hash, err) != 0)
		return -1;
	r->password_hash = view_of(hash);
	return 0;
}

int
ctl_reseller_add(struct ctl *c, struct err *err)
{
	uint64_t servers[SERVERS_MAX];
	struct reseller r = { .id = 0 };
	const char *shown = NULL, *name, *names[SERVERS_MAX];
	size_t i, j, n = 0;
	int rc;

	while (n < SERVERS_MAX && (name = ctl_option(c, "server")) != NULL)
		names[n++] = name;
	if (parse_reseller(c, &r, &shown, err) != 0 || ctl_open(c, err) != 0)
		return -1;
	for (i = 0; i < n; i++) {
		if (ctl_find_server(c, names[i], &servers[i], err) != 0)
			return -1;
		for (j = 0; j < i; j++)
			if (servers[j] == servers[i])
				return ctl_usage(err, "the server %s is named twice", names[i]);
	}
	if ((rc = reseller_put(&c->store, &r, servers, n, err)) < 0)
		return -1;
	if (rc == 0)
		return ctl_usage(err, "there is a reseller %s already", c->argv[0]);
	jsonw_open(&c->out.w);
	jsonw_kv_str(&c->out.w, "loginName", r.login_name);
	if (shown != NULL)
		jsonw_kv_cstr(&c->out.w, "loginPassword", shown);
	jsonw_close(&c->out.w);
	return 0;
}

int
ctl_reseller_credit(struct ctl *c, struct err *err)
{
	const char *reason = ctl_option(c, "reason");
	struct reseller r;
	int64_t cents;

	if (ctl_args(c, 2, err) != 0)
		return -1;
	if (cents_parse(view_of(c->argv[1]), &cents) != 0 || cents == 0)
		return ctl_usage(err, "%s is no amount", c->argv[1]);
	if (reason != NULL && strlen(reason) > REASON_MAX)
		return ctl_usage(err, "a reason has at most %d bytes", REASON_MAX);
	if (ctl_open(c, err) != 0 || ctl_find_reseller(c, c->argv[0], &r, err) != 0 ||
	    reseller_credit(&c->store, &r, cents, view_of(reason != NULL ? reason : ""),
	    err) != 0 || ctl_find_reseller(c, c->argv[0], &r, err) != 0)
		return -1;
	jsonw_open(&c->out.w);
	jsonw_kv_str(&c->out.w, "loginName", r.login_name);
	out_cents(&c->out.w, "balance", r.balance_cents);
	jsonw_kv_str(&c->out.w, "currency", r.currency);
	jsonw_close(&c->out.w);
	return 0;
}

static void
put_servers(struct jsonw *w, const struct server *s, size_t n)
{
	size_t i;

	jsonw_key(w, "servers");
	jsonw_open_array(w);
	for (i = 0; i < n; i++)
		jsonw_str(w, s[i].name);
	jsonw_close_array(w);
}

/* What list and show have in common, inside an object. */
static int
put_reseller(struct ctl *c, const struct reseller *r, struct err *err)
{
	struct jsonw *w = &c->out.w;
	struct server *s;
	size_t n;

	if (server_list_of(c->store.db, c->arena, r->id, &s, &n, err) != 0)
		return -1;
	jsonw_kv_str(w, "loginName", r->login_name);
	out_cents(w, "balance", r->balance_cents);
	out_cents(w, "creditLimit", r->credit_limit_cents);
	jsonw_kv_str(w, "currency", r->currency);
	jsonw_kv_bool(w, "locked", r->is_locked);
	out_time(w, "passwordExpires", r->password_expires_at);
	put_servers(w, s, n);
	return 0;
}

int
ctl_reseller_list(struct ctl *c, struct err *err)
{
	struct reseller *r;
	size_t i, n;

	if (ctl_args(c, 0, err) != 0 || ctl_open(c, err) != 0 ||
	    reseller_list(c->store.db, c->arena, &r, &n, err) != 0)
		return -1;
	jsonw_open_array(&c->out.w);
	for (i = 0; i < n; i++) {
		jsonw_open(&c->out.w);
		if (put_reseller(c, &r[i], err) != 0)
			return -1;
		jsonw_close(&c->out.w);
	}
	jsonw_close_array(&c->out.w);
	return 0;
}

int
ctl_reseller_show(struct ctl *c, struct err *err)
{
	struct reseller r;

	if (ctl_args(c, 1, err) != 0 || ctl_open(c, err) != 0 ||
	    ctl_find_reseller(c, c->argv[0], &r, err) != 0)
		return -1;
	jsonw_open(&c->out.w);
	if (put_reseller(c, &r, err) != 0)
		return -1;
	jsonw_close(&c->out.w);
	return 0;
}

/* 2026-12-31, whose last second it is; "never" is 0. */
static int
parse_day(const char *text, int64_t *at)
{
	char whole[RFC3339_LEN + 1];

	*at = 0;
	if (strcmp(text, "never") == 0)
		return 0;
	if (strlen(text) != sizeof("2026-12-31") - 1)
		return -1;
	(void)snprintf(whole, sizeof(whole), "%sT23:59:59Z", text);
	return rfc3339_parse(view_of(whole), at);
}

/* The options that change r; ERR_MALFORMED when there is none, or they contradict. */
static int
parse_changes(struct ctl *c, struct reseller *r, struct reseller_access *access,
    const char **shown, struct err *err)
{
	const char *limit = ctl_option(c, "credit-limit"), *file = ctl_option(c, "password-file");
	const char *day = ctl_option(c, "password-expires"), *name;
	bool lock = ctl_flag(c, "lock"), unlock = ctl_flag(c, "unlock");
	bool fresh = ctl_flag(c, "new-password");
	char *hash = arena_alloc(c->arena, PASSWORD_HASH_MAX);
	struct view password;

	while (access->nadd < SERVERS_MAX && (name = ctl_option(c, "add-server")) != NULL)
		if (ctl_find_server(c, name, &access->add[access->nadd++], err) != 0)
			return -1;
	while (access->nremove < SERVERS_MAX && (name = ctl_option(c, "remove-server")) != NULL)
		if (ctl_find_server(c, name, &access->remove[access->nremove++], err) != 0)
			return -1;
	if (ctl_args(c, 1, err) != 0)
		return -1;
	if (limit == NULL && file == NULL && day == NULL && !lock && !unlock && !fresh &&
	    access->nadd == 0 && access->nremove == 0)
		return ctl_usage(err, "nothing is to be set");
	if ((lock && unlock) || (fresh && file != NULL))
		return ctl_usage(err, "--lock and --unlock, and --new-password and "
		    "--password-file, exclude each other");
	if (limit != NULL && (cents_parse(view_of(limit), &r->credit_limit_cents) != 0 ||
	    r->credit_limit_cents < 0))
		return ctl_usage(err, "%s is no amount", limit);
	if (day != NULL && parse_day(day, &r->password_expires_at) != 0)
		return ctl_usage(err, "%s is neither a day, as 2026-12-31, nor never", day);
	r->is_locked = lock || (r->is_locked && !unlock);
	if (file == NULL && !fresh)
		return 0;
	if (get_password(c, file, &password, shown, err) != 0 ||
	    password_hash(password, hash, err) != 0)
		return -1;
	r->password_hash = view_of(hash);
	return 0;
}

int
ctl_reseller_set(struct ctl *c, struct err *err)
{
	struct reseller_access *access = arena_alloc(c->arena, sizeof(*access));
	const char *shown = NULL, *name = c->argc > 0 ? c->argv[0] : "";
	struct reseller r;

	if (ctl_open(c, err) != 0 || ctl_find_reseller(c, name, &r, err) != 0 ||
	    parse_changes(c, &r, access, &shown, err) != 0 ||
	    reseller_change(&c->store, &r, access, err) != 0)
		return -1;
	jsonw_open(&c->out.w);
	if (put_reseller(c, &r, err) != 0)
		return -1;
	if (shown != NULL)
		jsonw_kv_cstr(&c->out.w, "loginPassword", shown);
	jsonw_close(&c->out.w);
	return 0;
}
