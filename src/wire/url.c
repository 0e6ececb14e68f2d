/* SPDX-License-Identifier: BSD-2-Clause */
/* The URLs of our resources: made, and account URLs taken apart again. */
#include "wire/url.h"

#include "base/base64url.h"

#define ACCOUNT_ID_MAX	32	/* characters (partner-api 3) */

/* base "/v2/" server "/" then what else the path has. */
static struct view
make(struct arena *arena, const struct url_base *b, const char *kind, struct view id,
    const char *suffix)
{
	return view_of(arena_printf(arena, "%.*s/v2/%.*s/%s%.*s%s", VIEW_ARG(b->base),
	    VIEW_ARG(b->server), kind, VIEW_ARG(id), suffix));
}

struct view
url_directory(struct arena *arena, const struct url_base *b)
{
	return view_of(arena_printf(arena, "%.*s/v2/%.*s", VIEW_ARG(b->base),
	    VIEW_ARG(b->server)));
}

struct view
url_resource(struct arena *arena, const struct url_base *b, const char *name)
{
	return make(arena, b, name, VIEW_NONE, "");
}

struct view
url_account_hashes(struct arena *arena, const struct url_base *b)
{
	return make(arena, b, "account-hash/", VIEW_NONE, "");
}

struct view
url_account(struct arena *arena, const struct url_base *b, struct view acme_account_id)
{
	return make(arena, b, "account/", acme_account_id, "");
}

struct view
url_account_orders(struct arena *arena, const struct url_base *b,
    struct view acme_account_id)
{
	return make(arena, b, "account/", acme_account_id, "/orders");
}

struct view
url_account_limits(struct arena *arena, const struct url_base *b,
    struct view acme_account_id)
{
	return make(arena, b, "account/", acme_account_id, "/limits");
}

struct view
url_order(struct arena *arena, const struct url_base *b, const char *token)
{
	return make(arena, b, "order/", view_of(token), "");
}

struct view
url_finalize(struct arena *arena, const struct url_base *b, const char *token)
{
	return make(arena, b, "order/", view_of(token), "/finalize");
}

struct view
url_authz(struct arena *arena, const struct url_base *b, const char *token)
{
	return make(arena, b, "authz/", view_of(token), "");
}

struct view
url_challenge(struct arena *arena, const struct url_base *b, const char *token,
    const char *method)
{
	return view_of(arena_printf(arena, "%.*s/v2/%.*s/authz/%s/%s", VIEW_ARG(b->base),
	    VIEW_ARG(b->server), token, method));
}

struct view
url_cert(struct arena *arena, const struct url_base *b, const char *token)
{
	return make(arena, b, "cert/", view_of(token), "");
}

/* Step over the prefix if *v starts with it. */
static bool
take(struct view *v, struct view prefix)
{
	if (!view_starts(*v, prefix))
		return false;
	*v = view_sub(*v, prefix.n, v->n);
	return true;
}

int
url_parse_account(const struct url_base *b, struct view url, struct view *acme_account_id)
{
	if (!take(&url, b->base) || !take(&url, VIEW("/v2/")) || !take(&url, b->server) ||
	    !take(&url, VIEW("/account/")))
		return -1;
	if (url.n == 0 || url.n > ACCOUNT_ID_MAX || !b64u_alphabet(url))
		return -1;
	*acme_account_id = url;
	return 0;
}
