/* SPDX-License-Identifier: BSD-2-Clause */
/* server add|list, reseller add|credit|list, price set. */
#include "ctl/ctl.h"

#include "base/base64url.h"
#include "base/random.h"
#include "crypto/password.h"
#include "crypto/digest.h"
#include "policy/pricing.h"
#include "store/reseller.h"
#include "store/server.h"
#include "wire/utf8.h"

#define PASSWORD_BYTES	18	/* of one that we make */
#define PRODUCT_ID_FIRST	608
#define DESCRIPTION_MAX	128	/* bytes */
#define PROFILE_MAX	32

static int
parse_server(struct ctl *c, struct server *s, struct err *err)
{
	const char *type = ctl_option(c, "type"), *id = ctl_option(c, "product-id");
	const char *text = ctl_option(c, "description"), *profile = ctl_option(c, "profile");
	size_t i;

	if (ctl_args(c, 1, err) != 0)
		return -1;
	s->name = view_of(c->argv[0]);
	for (i = 0; i < s->name.n; i++)
		if (!view_has(VIEW("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
		    "0123456789-_"), s->name.p[i]))
			return ctl_usage(err, "a server's name is part of its URL: "
			    "letters, digits, - and _");
	if (s->name.n == 0 || s->name.n > 32)
		return ctl_usage(err, "a server's name has 1 to 32 characters");
	s->validation_type = validation_type_find(view_of(type != NULL ? type : "DV"));
	if (s->validation_type == VALIDATION__MAX)
		return ctl_usage(err, "%s is none of DV, OV, EV", type);
	s->product_id = PRODUCT_ID_FIRST;
	if (id != NULL && view_u64(view_of(id), UINT32_MAX, &s->product_id) != 0)
		return ctl_usage(err, "%s is no product id", id);
	s->product_description = view_of(text != NULL ? text :
	    arena_printf(c->arena, "CaaS %s TLS Certificate",
	    validation_type_name(s->validation_type)));
	s->profile = view_of(profile != NULL ? profile : "default");
	if (s->product_description.n > DESCRIPTION_MAX || s->profile.n > PROFILE_MAX ||
	    s->profile.n == 0 || !utf8_valid(s->product_description))
		return ctl_usage(err, "a description has at most %d bytes of UTF-8, a profile's "
		    "name 1 to %d", DESCRIPTION_MAX, PROFILE_MAX);
	return 0;
}

int
ctl_server_add(struct ctl *c, struct err *err)
{
	struct server s;
	int rc;

	if (parse_server(c, &s, err) != 0 || ctl_open(c, err) != 0 ||
	    (rc = server_put(&c->store, &s, err)) < 0)
		return -1;
	if (rc == 0)
		return ctl_usage(err, "there is a server %.*s already", VIEW_ARG(s.name));
	(void)printf("%s/v2/%.*s\n", c->conf->base_url, VIEW_ARG(s.name));
	return 0;
}

int
ctl_server_list(struct ctl *c, struct err *err)
{
	struct server *s;
	size_t i, n;

	if (ctl_args(c, 0, err) != 0 || ctl_open(c, err) != 0 ||
	    server_list(c->store.db, c->arena, &s, &n, err) != 0)
		return -1;
	for (i = 0; i < n; i++)
		(void)printf("%.*s\t%s\t%llu\t%.*s\t%.*s\t%s/v2/%.*s\n", VIEW_ARG(s[i].name),
		    validation_type_name(s[i].validation_type),
		    (unsigned long long)s[i].product_id, VIEW_ARG(s[i].profile),
		    VIEW_ARG(s[i].product_description), c->conf->base_url,
		    VIEW_ARG(s[i].name));
	return 0;
}

/* A server by name; ERR_MALFORMED when there is none. */
static int
find_server(struct ctl *c, const char *name, uint64_t *id, struct err *err)
{
	struct server *s;
	size_t i, n;

	if (server_list(c->store.db, c->arena, &s, &n, err) != 0)
		return -1;
	for (i = 0; i < n; i++)
		if (view_is(s[i].name, name)) {
			*id = s[i].id;
			return 0;
		}
	return ctl_usage(err, "there is no server %s", name);
}

static int
find_reseller(struct ctl *c, const char *name, struct reseller *r, struct err *err)
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
		if (find_server(c, names[i], &servers[i], err) != 0)
			return -1;
		for (j = 0; j < i; j++)
			if (servers[j] == servers[i])
				return ctl_usage(err, "the server %s is named twice", names[i]);
	}
	if ((rc = reseller_put(&c->store, &r, servers, n, err)) < 0)
		return -1;
	if (rc == 0)
		return ctl_usage(err, "there is a reseller %s already", c->argv[0]);
	(void)printf("loginName %.*s\n", VIEW_ARG(r.login_name));
	if (shown != NULL)
		(void)printf("loginPassword %s\n", shown);
	return 0;
}

int
ctl_reseller_credit(struct ctl *c, struct err *err)
{
	const char *reason = ctl_option(c, "reason");
	char balance[CENTS_TEXT_MAX];
	struct reseller r;
	int64_t cents;

	if (ctl_args(c, 2, err) != 0)
		return -1;
	if (cents_parse(view_of(c->argv[1]), &cents) != 0 || cents == 0)
		return ctl_usage(err, "%s is no amount", c->argv[1]);
	if (reason != NULL && strlen(reason) > REASON_MAX)
		return ctl_usage(err, "a reason has at most %d bytes", REASON_MAX);
	if (ctl_open(c, err) != 0 || find_reseller(c, c->argv[0], &r, err) != 0 ||
	    reseller_credit(&c->store, &r, cents, view_of(reason != NULL ? reason : ""),
	    err) != 0 || find_reseller(c, c->argv[0], &r, err) != 0)
		return -1;
	cents_format(r.balance_cents, balance);
	(void)printf("balance %s %.*s\n", balance, VIEW_ARG(r.currency));
	return 0;
}

int
ctl_reseller_list(struct ctl *c, struct err *err)
{
	char balance[CENTS_TEXT_MAX], limit[CENTS_TEXT_MAX];
	struct reseller *r;
	struct server *s;
	size_t i, j, n, m;

	if (ctl_args(c, 0, err) != 0 || ctl_open(c, err) != 0 ||
	    reseller_list(c->store.db, c->arena, &r, &n, err) != 0)
		return -1;
	for (i = 0; i < n; i++) {
		if (server_list_of(c->store.db, c->arena, r[i].id, &s, &m, err) != 0)
			return -1;
		cents_format(r[i].balance_cents, balance);
		cents_format(r[i].credit_limit_cents, limit);
		(void)printf("%.*s\tbalance %s\tlimit %s\t%.*s\t%s\tservers", VIEW_ARG(r[i].login_name),
		    balance, limit, VIEW_ARG(r[i].currency),
		    r[i].is_locked ? "locked" : "open");
		for (j = 0; j < m; j++)
			(void)printf(" %.*s", VIEW_ARG(s[j].name));
		(void)putchar('\n');
	}
	return 0;
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

int
ctl_price_set(struct ctl *c, struct err *err)
{
	struct reseller r;
	uint64_t server, years;
	unsigned kind;
	int64_t cents;

	if (ctl_args(c, 5, err) != 0)
		return -1;
	kind = strcmp(c->argv[2], "fqdn") == 0 ? NAME_FQDN :
	    strcmp(c->argv[2], "wildcard") == 0 ? NAME_WILDCARD : 0;
	if (kind == 0)
		return ctl_usage(err, "%s is neither fqdn nor wildcard", c->argv[2]);
	if (view_u64(view_of(c->argv[3]), PRICING_YEARS_MAX, &years) != 0 || years == 0)
		return ctl_usage(err, "%s is none of 1, 2, 3 years", c->argv[3]);
	if (cents_parse(view_of(c->argv[4]), &cents) != 0 || cents < 0)
		return ctl_usage(err, "%s is no price", c->argv[4]);
	if (ctl_open(c, err) != 0 || find_reseller(c, c->argv[0], &r, err) != 0 ||
	    find_server(c, c->argv[1], &server, err) != 0 ||
	    check_allowed(c, &r, server, err) != 0 ||
	    price_set(&c->store, &r, server, kind, (unsigned)years, cents, err) != 0)
		return -1;
	(void)printf("price of a %s for %llu years: %s\n", c->argv[2],
	    (unsigned long long)years, c->argv[4]);
	return 0;
}
