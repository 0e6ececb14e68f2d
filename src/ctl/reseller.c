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

static int
hashed_password(struct ctl *c, const char *file, struct view *out, const char **shown,
    struct err *err)
{
	char *hash = arena_alloc(c->arena, PASSWORD_HASH_MAX);
	struct view password;

	if (get_password(c, file, &password, shown, err) != 0 ||
	    password_hash(password, hash, err) != 0)
		return -1;
	*out = view_of(hash);
	return 0;
}

static int
parse_limit(const char *text, int64_t *cents, struct err *err)
{
	return cents_parse(view_of(text), cents) == 0 && *cents >= 0 ? 0 :
	    ctl_usage(err, "%s is no amount", text);
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

	if (ctl_args(c, 1, err) != 0)
		return -1;
	r->login_name = view_of(c->argv[0]);
	r->currency = view_of(currency != NULL ? currency : "USD");
	if (r->login_name.n == 0 || r->login_name.n > 64 || !is_plain(r->login_name))
		return ctl_usage(err, "a name has 1 to 64 bytes of UTF-8 without control characters");
	if (r->currency.n != 3 || !is_upper(r->currency))
		return ctl_usage(err, "a currency has three letters, as USD (ISO 4217)");
	if (limit != NULL && parse_limit(limit, &r->credit_limit_cents, err) != 0)
		return -1;
	return hashed_password(c, file, &r->password_hash, shown, err);
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

/* A word of the audit's detail. */
static void
note(struct ctl *c, struct reseller_change *to, const char *what, const char *value)
{
	to->detail = view_of(arena_printf(c->arena, "%.*s%s%s%s%s", VIEW_ARG(to->detail),
	    to->detail.n != 0 ? ", " : "", what, *value != '\0' ? " " : "", value));
}

/* Each server of an option that can be repeated. */
static int
parse_servers(struct ctl *c, struct reseller_change *to, const char *option, uint64_t *ids,
    size_t *n, struct err *err)
{
	const char *name;

	while (*n < SERVERS_MAX && (name = ctl_option(c, option)) != NULL) {
		if (ctl_find_server(c, name, &ids[(*n)++], err) != 0)
			return -1;
		note(c, to, option, name);
	}
	return 0;
}

static int
parse_lock(struct ctl *c, struct reseller_change *to, struct err *err)
{
	bool lock = ctl_flag(c, "lock"), unlock = ctl_flag(c, "unlock");

	if (lock && unlock)
		return ctl_usage(err, "--lock and --unlock exclude each other");
	to->has_lock = lock || unlock;
	to->is_locked = lock;
	if (to->has_lock)
		note(c, to, lock ? "lock" : "unlock", "");
	return 0;
}

static int
parse_password(struct ctl *c, struct reseller_change *to, const char **shown, struct err *err)
{
	const char *file = ctl_option(c, "password-file"), *day = ctl_option(c, "password-expires");
	bool fresh = ctl_flag(c, "new-password");

	if (fresh && file != NULL)
		return ctl_usage(err, "--new-password and --password-file exclude each other");
	if (day != NULL && parse_day(day, &to->password_expires_at) != 0)
		return ctl_usage(err, "%s is neither a day, as 2026-12-31, nor never", day);
	to->has_expiry = day != NULL;
	if (day != NULL)
		note(c, to, "password-expires", day);
	to->has_password = fresh || file != NULL;
	if (!to->has_password)
		return 0;
	note(c, to, "password", "");
	return hashed_password(c, file, &to->password_hash, shown, err);
}

/* What the options say; ERR_MALFORMED when there is none, or they contradict. */
static int
parse_change(struct ctl *c, struct reseller_change *to, const char **shown, struct err *err)
{
	const char *limit = ctl_option(c, "credit-limit");

	to->has_limit = limit != NULL;
	if (limit != NULL) {
		if (parse_limit(limit, &to->credit_limit_cents, err) != 0)
			return -1;
		note(c, to, "credit-limit", limit);
	}
	if (parse_lock(c, to, err) != 0 || parse_password(c, to, shown, err) != 0 ||
	    parse_servers(c, to, "add-server", to->add, &to->nadd, err) != 0 ||
	    parse_servers(c, to, "remove-server", to->remove, &to->nremove, err) != 0 ||
	    ctl_args(c, 1, err) != 0)
		return -1;
	return to->detail.n != 0 ? 0 : ctl_usage(err, "nothing is to be set");
}

int
ctl_reseller_set(struct ctl *c, struct err *err)
{
	struct reseller_change *to = arena_alloc(c->arena, sizeof(*to));
	const char *shown = NULL;
	struct reseller r;

	if (ctl_open(c, err) != 0 || parse_change(c, to, &shown, err) != 0 ||
	    ctl_find_reseller(c, c->argv[0], &r, err) != 0 ||
	    reseller_change(&c->store, r.id, to, err) != 0 ||
	    ctl_find_reseller(c, c->argv[0], &r, err) != 0)
		return -1;
	jsonw_open(&c->out.w);
	if (put_reseller(c, &r, err) != 0)
		return -1;
	if (shown != NULL)
		jsonw_kv_cstr(&c->out.w, "loginPassword", shown);
	jsonw_close(&c->out.w);
	return 0;
}
