/* SPDX-License-Identifier: BSD-2-Clause */
/* reseller set. */
#include "ctl/reseller.h"

#include "crypto/digest.h"
#include "policy/network.h"
#include "wire/timefmt.h"

#define NETWORKS_MAX	2000	/* bytes of a list */

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

/* The whole list anew: as often as --network is given; "any" empties it. */
static int
parse_networks(struct ctl *c, struct reseller_change *to, struct err *err)
{
	struct view list = VIEW("");
	struct network net;
	const char *text;
	bool any = false;

	while ((text = ctl_option(c, "network")) != NULL) {
		to->has_networks = true;
		note(c, to, "network", text);
		if (strcmp(text, "any") == 0) {
			any = true;
			continue;
		}
		if (network_parse(view_of(text), &net) != 0)
			return ctl_usage(err, "%s is no network, as 192.0.2.0/24 or 2001:db8::/32",
			    text);
		list = view_of(arena_printf(c->arena, "%.*s%s%s", VIEW_ARG(list),
		    list.n != 0 ? " " : "", text));
	}
	if (any && list.n != 0)
		return ctl_usage(err, "--network any and other networks exclude each other");
	to->networks = list;
	return list.n <= NETWORKS_MAX ? 0 : ctl_usage(err, "these are too many networks");
}

static int
parse_lock(struct ctl *c, struct reseller_change *to, struct err *err)
{
	bool lock = ctl_flag(c, "lock"), unlock = ctl_flag(c, "unlock");

	if (lock && unlock)
		return ctl_usage(err, "--lock and --unlock exclude each other");
	to->has_lock = lock || unlock;
	to->forget_logins = unlock;
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
	return reseller_password(c, file, &to->password_hash, shown, err);
}

/* What the options say; ERR_MALFORMED when there is none, or they contradict. */
static int
parse_change(struct ctl *c, struct reseller_change *to, const char **shown, struct err *err)
{
	const char *limit = ctl_option(c, "credit-limit");

	to->has_limit = limit != NULL;
	if (limit != NULL) {
		if (reseller_limit(limit, &to->credit_limit_cents, err) != 0)
			return -1;
		note(c, to, "credit-limit", limit);
	}
	if (parse_lock(c, to, err) != 0 || parse_networks(c, to, err) != 0 || parse_password(c, to, shown, err) != 0 ||
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
	    ctl_find_reseller(c, c->argv[0], &r, err) != 0)
		return -1;
	sha256(r.login_name, to->name_sha256);
	if (reseller_change(&c->store, r.id, to, err) != 0 ||
	    ctl_find_reseller(c, c->argv[0], &r, err) != 0)
		return -1;
	jsonw_open(&c->out.w);
	if (reseller_out(c, &r, err) != 0)
		return -1;
	if (shown != NULL)
		jsonw_kv_cstr(&c->out.w, "loginPassword", shown);
	jsonw_close(&c->out.w);
	return 0;
}
