/* SPDX-License-Identifier: BSD-2-Clause */
/* Profiles and validity. */
#include "acme/profile.h"

#include "auth/gate.h"
#include "policy/schedule.h"
#include "wire/timefmt.h"

#define PAST_MAX_S	86400	/* an order may wait for a day, and certificates are backdated by two at most */

/* The one that is offered under that name, or NULL. */
static const struct conf_profile *
find(const struct req *r, struct view name)
{
	const struct conf *conf = service_of(r)->conf;
	size_t i;

	for (i = 0; i < conf->nprofiles; i++)
		if (view_is(name, conf->profiles[i].name))
			return &conf->profiles[i];
	return NULL;
}

/* That of the server need not be offered by name (PRF-06). */
static bool
is_known(const struct req *r, struct view name)
{
	return find(r, name) != NULL || view_eq(name, auth_of(r)->server.profile);
}

void
profile_put_all(struct jsonw *w, const struct req *r)
{
	const struct conf *conf = service_of(r)->conf;
	size_t i;

	if (conf->nprofiles == 0)
		return;
	jsonw_key(w, "profiles");
	jsonw_open(w);
	for (i = 0; i < conf->nprofiles; i++)
		jsonw_kv_cstr(w, conf->profiles[i].name, conf->profiles[i].description);
	jsonw_close(w);
}

/* Empty and null are no wish (PRF-04). */
static int
get_name(const struct req *r, struct view *name, struct err *err)
{
	const struct json *v = json_member(auth_of(r)->payload, "profile");

	*name = auth_of(r)->server.profile;
	if (v == NULL || json_kind(v) == JSON_NULL ||
	    (json_kind(v) == JSON_STR && json_str(v).n == 0))
		return 0;
	if (json_need_str(auth_of(r)->payload, "profile", name, err) != 0)
		return -1;
	return is_known(r, *name) ? 0 : err_set(err, ERR_INVALID_PROFILE,
	    "There is no such profile: the directory lists those that there are");
}

static int
check_addresses(const struct conf_profile *p, const struct ident *ids, size_t n,
    struct err *err)
{
	size_t i;

	for (i = 0; p != NULL && !p->addresses && i < n; i++)
		if (ids[i].type == IDENT_IP)
			return err_set(err, ERR_INVALID_PROFILE,
			    "The profile %s is not for IP addresses", p->name);
	return 0;
}

/* RFC 3339; 0 when it is absent. */
static int
get_time(const struct req *r, const char *name, int64_t *at, struct err *err)
{
	struct view text;
	int rc = json_get_str(auth_of(r)->payload, name, &text, err);

	*at = 0;
	if (rc <= 0)
		return rc;
	if (rfc3339_parse(text, at) != 0 || *at <= 0)
		return err_set(err, ERR_MALFORMED, "The member '%s' is no RFC 3339 time", name);
	return 0;
}

/* Exactly what is asked for, or nothing (ORD-06). */
static int
check_dates(const struct req *r, const struct conf_profile *p, const struct order *o,
    struct err *err)
{
	int64_t from = o->not_before_at, to = o->not_after_at;
	int64_t max = schedule_lifetime_max(r->now);

	if (from == 0 && to == 0)
		return 0;
	if (p == NULL || !p->dates)
		return err_set(err, ERR_MALFORMED,
		    "notBefore and notAfter cannot be chosen in this profile");
	if (max > p->lifetime)
		max = p->lifetime;
	if (from != 0 && (from > r->now || from < r->now - PAST_MAX_S))
		return err_set(err, ERR_MALFORMED,
		    "notBefore can lie at most a day back, and not in the future");
	if (from == 0)
		from = r->now - p->backdate;
	if (to != 0 && (to <= r->now || to - from + 1 > max))
		return err_set(err, ERR_MALFORMED, "notAfter can be at most %lld seconds after "
		    "notBefore, and must lie in the future", (long long)(max - 1));
	return 0;
}

int
profile_choose(struct req *r, const struct ident *ids, size_t n, struct order *o,
    struct err *err)
{
	const struct conf_profile *p;

	if (get_name(r, &o->profile, err) != 0)
		return -1;
	p = find(r, o->profile);
	if (check_addresses(p, ids, n, err) != 0 ||
	    get_time(r, "notBefore", &o->not_before_at, err) != 0 ||
	    get_time(r, "notAfter", &o->not_after_at, err) != 0)
		return -1;
	return check_dates(r, p, o, err);
}

int
profile_check(const struct req *r, const struct order *o, struct err *err)
{
	return is_known(r, o->profile) ? 0 : err_set(err, ERR_INVALID_PROFILE,
	    "The profile of the order is not offered any more");
}
