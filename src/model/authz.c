/* SPDX-License-Identifier: BSD-2-Clause */
/* The states of authorizations, and of challenges as they follow from them. */
#include "model/authz.h"

static const char *const authz_names[] = {
	[AUTHZ_PENDING]		= "pending",
	[AUTHZ_VALID]		= "valid",
	[AUTHZ_INVALID]		= "invalid",
	[AUTHZ_DEACTIVATED]	= "deactivated",
	[AUTHZ_EXPIRED]		= "expired",
	[AUTHZ_REVOKED]		= "revoked",
};
_Static_assert(NITEMS(authz_names) == AUTHZ__MAX, "a name for every status");

static const char *const chall_names[] = {
	[CHALL_PENDING]		= "pending",
	[CHALL_PROCESSING]	= "processing",
	[CHALL_VALID]		= "valid",
	[CHALL_INVALID]		= "invalid",
};
_Static_assert(NITEMS(chall_names) == CHALL__MAX, "a name for every status");

static const struct {
	const char	*name;
	bool		 dns;		/* proves names */
	bool		 wildcard;	/* proves wildcards */
	bool		 below;		/* proves the names below a name with it */
	bool		 ip;		/* proves addresses */
	size_t		 labels;	/* bytes that it puts before a name to look it up */
} chall_types[] = {
	[CHALL_NONE]	= { "", false, false, false, false, 0 },
	[CHALL_HTTP01]	= { "http-01", true, false, false, true, 0 },
	[CHALL_DNS01]	= { "dns-01", true, true, true, false, sizeof("_acme-challenge.") - 1 },
	[CHALL_TLSALPN01] = { "tls-alpn-01", true, false, false, true, 0 },
	[CHALL_DNSACCOUNT01] = { "dns-account-01", true, true, true, false,
	    sizeof("_ujmmovf2vn55tgye._acme-challenge.") - 1 },
	/* The last, for some clients take the first that they see (DPE-08). */
	[CHALL_DNSPERSIST01] = { "dns-persist-01", true, true, true, false,
	    sizeof("_validation-persist.") - 1 },
};
_Static_assert(NITEMS(chall_types) == CHALL_TYPE__MAX, "a row for every type");

const char *
authz_status_name(enum authz_status s)
{
	return s < AUTHZ__MAX && authz_names[s] != NULL ? authz_names[s] : "unknown";
}

enum authz_status
authz_status_at(const struct authz *a, int64_t now)
{
	if (a->deactivated_at != 0)
		return AUTHZ_DEACTIVATED;
	if (now < a->expires_at)
		return a->status;
	if (a->status == AUTHZ_PENDING)
		return AUTHZ_INVALID;
	return a->status == AUTHZ_VALID ? AUTHZ_EXPIRED : a->status;
}

struct ident
authz_ident(const struct authz *a)
{
	return (struct ident){ a->ident_type, a->is_wildcard, a->ident_value };
}

bool
authz_covers(const struct ident *proven, bool subdomains, const struct ident *id)
{
	if (ident_eq(proven, id))
		return true;
	return subdomains && proven->type == IDENT_DNS && id->type == IDENT_DNS &&
	    !proven->wildcard && !id->wildcard && ident_is_below(id->value, proven->value);
}

const char *
chall_status_name(enum chall_status s)
{
	return s < CHALL__MAX && chall_names[s] != NULL ? chall_names[s] : "unknown";
}

const char *
chall_type_name(enum chall_type t)
{
	return t < CHALL_TYPE__MAX ? chall_types[t].name : "";
}

enum chall_type
chall_type_find(struct view name)
{
	unsigned t;

	for (t = CHALL_NONE + 1; t < CHALL_TYPE__MAX; t++)
		if (view_is(name, chall_types[t].name))
			return (enum chall_type)t;
	return CHALL_NONE;
}

int
chall_set_parse(const char *const *names, size_t n, unsigned *set, struct err *err)
{
	enum chall_type t;
	size_t i;

	*set = 0;
	for (i = 0; i < n; i++) {
		if ((t = chall_type_find(view_of(names[i]))) == CHALL_NONE)
			return err_set(err, ERR_MALFORMED, "there is no challenge type %s",
			    names[i]);
		*set |= BIT(t);
	}
	return n != 0 ? 0 : err_set(err, ERR_MALFORMED, "no challenge type is offered");
}

bool
chall_proves(enum chall_type t, const struct ident *id)
{
	if (t <= CHALL_NONE || t >= CHALL_TYPE__MAX)
		return false;
	if (id->type == IDENT_IP)
		return chall_types[t].ip;
	/* What is looked up must still be a name (DNS-11). */
	return (id->wildcard ? chall_types[t].wildcard : chall_types[t].dns) &&
	    id->value.n + chall_types[t].labels <= NAME_MAX_BYTES;
}

bool
chall_proves_below(enum chall_type t)
{
	return t < CHALL_TYPE__MAX && chall_types[t].below;
}

unsigned
chall_below(unsigned set)
{
	unsigned t, below = 0;

	for (t = CHALL_NONE + 1; t < CHALL_TYPE__MAX; t++)
		if (chall_proves_below((enum chall_type)t))
			below |= set & BIT(t);
	return below;
}

unsigned
chall_offered(const struct ident *id, unsigned enabled)
{
	unsigned t, offered = 0;

	for (t = CHALL_NONE + 1; t < CHALL_TYPE__MAX; t++)
		if ((enabled & BIT(t)) != 0 && chall_proves((enum chall_type)t, id))
			offered |= BIT(t);
	return offered;
}

enum chall_status
chall_status_at(const struct authz *a, enum chall_type t, int64_t now)
{
	enum authz_status s = authz_status_at(a, now);

	/* What nobody answered in time failed by all of its challenges. */
	if (a->active_type == CHALL_NONE && s == AUTHZ_INVALID)
		return CHALL_INVALID;
	if (t != a->active_type)
		return CHALL_PENDING;
	if (a->status == AUTHZ_VALID || s == AUTHZ_EXPIRED)
		return CHALL_VALID;
	if (s == AUTHZ_PENDING)
		return CHALL_PROCESSING;
	return a->validated_at != 0 ? CHALL_VALID : CHALL_INVALID;
}
