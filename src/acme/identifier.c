/* SPDX-License-Identifier: BSD-2-Clause */
/* Identifiers from the wire to names that may be ordered. */
#include "acme/identifier.h"

#include "auth/gate.h"
#include "store/subscription.h"

#define IDENT_TYPE_SHOWN	32
#define IDENT_VALUE_SHOWN	(NAME_MAX_BYTES + 2)

int
identifier_check_entitled(struct req *r, const struct ident *ids, size_t n,
    struct err *err)
{
	struct service *svc = service_of(r);
	struct err bad = ERR_INIT;
	struct view text;
	size_t i;
	int rc;

	(void)err_set(&bad, ERR_NOT_SUBSCRIBED,
	    "The subscription does not hold every name of the order");
	for (i = 0; i < n; i++) {
		rc = subscription_entitles(svc->store->db, auth_of(r)->account.binding_id,
		    r->now, &ids[i], svc->conf->wildcard_covers_names, err);
		if (rc < 0)
			return -1;
		text = ident_text(r->arena, &ids[i]);
		if (rc == 0)
			err_sub(&bad, r->arena, ident_type_name(ids[i].type), text,
			    ERR_NOT_SUBSCRIBED,
			    "%.*s is not in an active subscription", VIEW_ARG(text));
	}
	if (bad.nsubs == 0)
		return 0;
	*err = bad;
	return -1;
}

/* The kind of the whole: that of its parts where they agree (ORD-05). */
static void
note_bad(struct err *bad, struct arena *a, struct view type, struct view value,
    const struct err *why)
{
	err_sub(bad, a, arena_str(a, view_sub(type, 0, IDENT_TYPE_SHOWN)),
	    view_sub(value, 0, IDENT_VALUE_SHOWN), why->kind, "%s", why->detail);
	if (bad->nsubs == 1)
		bad->kind = why->kind;
	else if (bad->kind != why->kind)
		bad->kind = ERR_MALFORMED;
}

int
identifier_check_allowed(struct req *r, const struct ident *ids, size_t n, struct err *err)
{
	struct err bad = ERR_INIT, why;
	size_t i;

	(void)err_set(&bad, ERR_REJECTED_IDENTIFIER,
	    "Some of the identifiers can be in no certificate any more");
	for (i = 0; i < n; i++) {
		if (names_check(service_of(r)->names, &ids[i], &why) == 0)
			continue;
		if (why.kind == ERR_INTERNAL) {
			*err = why;
			return -1;
		}
		note_bad(&bad, r->arena, view_of(ident_type_name(ids[i].type)),
		    ident_text(r->arena, &ids[i]), &why);
	}
	if (bad.nsubs == 0)
		return 0;
	*err = bad;
	return -1;
}

static int
check_ident(struct req *r, struct view type, struct view value, struct ident *out,
    struct err *err)
{
	if (!view_is(type, "dns") &&
	    !(view_is(type, "ip") && service_of(r)->conf->ip_identifiers))
		return err_set(err, ERR_UNSUPPORTED_IDENTIFIER,
		    "Identifiers of this type are not supported");
	if (ident_parse(r->arena, type, value, out, err) != 0)
		return -1;
	return names_check(service_of(r)->names, out, err);
}

static int
take_apart(const struct json *v, struct view *type, struct view *value, struct err *err)
{
	if (json_kind(v) != JSON_OBJECT)
		return err_set(err, ERR_MALFORMED, "An identifier is not an object");
	if (json_need_str(v, "type", type, err) != 0 ||
	    json_need_str(v, "value", value, err) != 0)
		return -1;
	return 0;
}

int
identifier_one(struct req *r, struct ident *out, bool *below, struct err *err)
{
	struct view type, value;
	const struct json *v;
	int rc;

	if ((rc = json_get_object(auth_of(r)->payload, "identifier", &v, err)) < 0)
		return -1;
	if (rc == 0)
		return err_set(err, ERR_MALFORMED, "There is no 'identifier'");
	*below = false;
	if (take_apart(v, &type, &value, err) != 0 ||
	    json_get_bool(v, "subdomainAuthAllowed", below, err) < 0)
		return -1;
	return check_ident(r, type, value, out, err);
}

/* A domain above the name that its owner alone has (SUB-02). */
static int
check_ancestor(struct req *r, const struct ident *id, struct view text, struct ident *out,
    struct err *err)
{
	if (id->type != IDENT_DNS)
		return err_set(err, ERR_MALFORMED, "An address has no 'ancestorDomain'");
	if (ident_parse_dns(r->arena, text, out, err) != 0)
		return err_set(err, err->kind, "The 'ancestorDomain' is no domain: %s",
		    err->detail);
	if (out->wildcard || !ident_is_below(id->value, out->value))
		return err_set(err, ERR_MALFORMED, "The 'ancestorDomain' is no domain above "
		    "the identifier");
	if (names_is_shared(service_of(r)->names, out->value))
		return err_set(err, ERR_REJECTED_IDENTIFIER, "The 'ancestorDomain' is a public "
		    "suffix, below which others register names");
	return names_check(service_of(r)->names, out, err);
}

/* One element of "identifiers"; a name that is refused is noted and left out. */
static int
parse_ident(struct req *r, const struct json *v, struct identifiers *out, struct err *bad,
    struct err *err)
{
	struct ident *id = &out->v[out->n], *ancestor = &out->ancestors[out->nancestors];
	struct view type, value, above;
	struct err why;
	int rc;

	if (take_apart(v, &type, &value, err) != 0 ||
	    (rc = json_get_str(v, "ancestorDomain", &above, err)) < 0)
		return -1;
	if (check_ident(r, type, value, id, &why) == 0 &&
	    (rc == 0 || check_ancestor(r, id, above, ancestor, &why) == 0)) {
		out->n++;
		out->nancestors += rc == 1;
		return 0;
	}
	if (why.kind == ERR_INTERNAL) {
		*err = why;
		return -1;
	}
	note_bad(bad, r->arena, type, value, &why);
	return 0;
}

int
identifier_list(struct req *r, struct identifiers *out, struct err *err)
{
	struct err bad = ERR_INIT;
	const struct json *list;
	size_t i, len;
	int rc;

	rc = json_get_array(auth_of(r)->payload, "identifiers", &list, err);
	if (rc < 0)
		return -1;
	len = rc == 1 ? json_len(list) : 0;
	if (len == 0)
		return err_set(err, ERR_MALFORMED, "The order has no identifiers");
	if (len > ORDER_IDENTS_MAX)
		return err_set(err, ERR_MALFORMED, "The order has more than %d identifiers",
		    ORDER_IDENTS_MAX);
	(void)err_set(&bad, ERR_MALFORMED, "Some of the identifiers cannot be ordered");
	out->v = arena_array(r->arena, len, sizeof(*out->v));
	out->ancestors = arena_array(r->arena, len, sizeof(*out->ancestors));
	out->n = out->nancestors = 0;
	for (i = 0; i < len; i++)
		if (parse_ident(r, json_at(list, i), out, &bad, err) != 0)
			return -1;
	if (bad.nsubs != 0) {
		*err = bad;
		return -1;
	}
	out->n = ident_uniq(out->v, out->n);
	out->nancestors = ident_uniq(out->ancestors, out->nancestors);
	return 0;
}
