/* SPDX-License-Identifier: BSD-2-Clause */
/* reseller add|show|credit|list. */
#include "ctl/reseller.h"

#include "base/base64url.h"
#include "base/random.h"
#include "crypto/digest.h"
#include "crypto/password.h"
#include "policy/pricing.h"
#include "store/login.h"
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

int
reseller_password(struct ctl *c, const char *file, struct view *out, const char **shown,
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

int
reseller_limit(const char *text, int64_t *cents, struct err *err)
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
	if (limit != NULL && reseller_limit(limit, &r->credit_limit_cents, err) != 0)
		return -1;
	return reseller_password(c, file, &r->password_hash, shown, err);
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

/* Where from it may call; none: from anywhere. */
static void
put_networks(struct jsonw *w, struct view networks)
{
	jsonw_key(w, "networks");
	jsonw_open_array(w);
	while (networks.n != 0)
		jsonw_str(w, view_cut(&networks, ' '));
	jsonw_close_array(w);
}

/* The networks from which wrong passwords have locked it. */
static int
put_locks(struct ctl *c, const struct reseller *r, struct err *err)
{
	struct jsonw *w = &c->out.w;
	struct login_lock *locks;
	uint8_t sha[SHA256_LEN];
	size_t i, n;

	sha256(r->login_name, sha);
	if (logins_locked(c->store.db, c->arena, sha, clk_now(c->clk), &locks, &n, err) != 0)
		return -1;
	jsonw_key(w, "lockedNetworks");
	jsonw_open_array(w);
	for (i = 0; i < n; i++) {
		jsonw_open(w);
		jsonw_kv_str(w, "network", locks[i].network);
		out_time(w, "until", locks[i].locked_until);
		jsonw_close(w);
	}
	jsonw_close_array(w);
	return 0;
}

int
reseller_out(struct ctl *c, const struct reseller *r, struct err *err)
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
	put_networks(w, r->networks);
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
		if (reseller_out(c, &r[i], err) != 0)
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
	if (reseller_out(c, &r, err) != 0 || put_locks(c, &r, err) != 0)
		return -1;
	jsonw_close(&c->out.w);
	return 0;
}
