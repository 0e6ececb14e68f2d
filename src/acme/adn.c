/* SPDX-License-Identifier: BSD-2-Clause */
/* Which authorizations an order needs. */
#include "acme/adn.h"

#include "acme/authz.h"
#include "store/authz.h"
#include "store/subscription.h"

#define REUSE_LEFT_S	3600	/* of a validation that is used again */

/* What is made for an order. */
struct choice {
	struct order		*order;
	struct ident		*domains;	/* above names, that may be proven instead */
	size_t			 ndomains;
	struct authz		*authzs;
	size_t			 n;
};

bool
adn_is_offered(const struct req *r)
{
	return chall_below(service_of(r)->challenges) != 0;
}

int
adn_may_cover(struct req *r, const struct ident *id, bool *may, struct err *err)
{
	struct service *svc = service_of(r);
	unsigned offered = chall_below(chall_offered(id, svc->challenges));
	int rc;

	*may = false;
	if (id->type != IDENT_DNS || id->wildcard || offered == 0 ||
	    names_is_shared(svc->names, id->value))
		return 0;
	rc = subscription_entitles_below(svc->store->db, auth_of(r)->account.binding_id,
	    r->now, id->value, svc->conf->wildcard_covers_names, err);
	*may = rc == 1;
	return rc < 0 ? -1 : 0;
}

int
adn_holds(struct req *r, const struct ident *id, int64_t after, struct authz *out,
    struct err *err)
{
	struct db *db = service_of(r)->store->db;
	uint64_t account = auth_of(r)->account.id;
	struct ident domain;
	bool may;
	int rc;

	if ((rc = authz_reusable(db, r->arena, account, id, after, out, err)) != 0 ||
	    (rc = authz_above(db, r->arena, account, id, after, out, err)) != 1)
		return rc;
	/* The subscription may have lost the domain since. */
	domain = authz_ident(out);
	return adn_may_cover(r, &domain, &may, err) != 0 ? -1 : may;
}

static bool
is_covered(const struct choice *c, const struct ident *id)
{
	struct ident proven;
	size_t i;

	for (i = 0; i < c->n; i++) {
		proven = authz_ident(&c->authzs[i]);
		if (authz_covers(&proven, c->authzs[i].covers_subdomains, id))
			return true;
	}
	return false;
}

/* The domain that a name may be proven by, or the name itself. */
static void
add_new(struct req *r, struct choice *c, const struct ident *id)
{
	size_t i;

	for (i = 0; i < c->ndomains; i++)
		if (authz_covers(&c->domains[i], true, id)) {
			authz_fill(r, &c->domains[i], true, &c->authzs[c->n++]);
			return;
		}
	authz_fill(r, id, false, &c->authzs[c->n++]);
}

/*
 * A valid authorization is used again while it has some time left (AUZ-08); the
 * order lives no longer than those (AUZ-09).
 */
static int
add(struct req *r, struct choice *c, const struct ident *id, struct err *err)
{
	struct authz *z = &c->authzs[c->n];
	int rc;

	if (is_covered(c, id))
		return 0;
	if ((rc = adn_holds(r, id, r->now + REUSE_LEFT_S, z, err)) < 0)
		return -1;
	if (rc == 0) {
		add_new(r, c, id);
		return 0;
	}
	c->n++;
	if (z->expires_at < c->order->expires_at)
		c->order->expires_at = z->expires_at;
	return 0;
}

/* A domain that may not be proven for the names below it is passed over (SUB-02). */
static int
take_domains(struct req *r, struct choice *c, const struct identifiers *ids, struct err *err)
{
	bool may;
	size_t i;

	c->domains = arena_array(r->arena, ids->nancestors + 1, sizeof(*c->domains));
	for (i = 0; i < ids->nancestors; i++) {
		if (adn_may_cover(r, &ids->ancestors[i], &may, err) != 0)
			return -1;
		if (may)
			c->domains[c->ndomains++] = ids->ancestors[i];
	}
	return 0;
}

int
adn_choose(struct req *r, struct order *o, const struct identifiers *ids,
    struct authz **authzs, size_t *n, struct err *err)
{
	struct choice c = { .order = o };
	size_t i;

	c.authzs = arena_array(r->arena, ids->n, sizeof(*c.authzs));
	if (take_domains(r, &c, ids, err) != 0)
		return -1;
	for (i = 0; i < ids->n; i++)
		if (add(r, &c, &ids->v[i], err) != 0)
			return -1;
	/* A pending one lives as long as its order. */
	for (i = 0; i < c.n; i++)
		if (c.authzs[i].id == 0)
			c.authzs[i].expires_at = o->expires_at;
	*authzs = c.authzs;
	*n = c.n;
	return 0;
}
