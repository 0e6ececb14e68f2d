/* SPDX-License-Identifier: BSD-2-Clause */
/* Flattened JWS: members, protected header, signing input. */
#include "wire/jws.h"

/* The first of the n names that is a member; NULL when none is. */
static const char *
find_any(const struct json *v, const char *const *names, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (json_member(v, names[i]) != NULL)
			return names[i];
	return NULL;
}

/* nonce, url and kid may be absent here; who needs them says so. */
static int
parse_members(const struct json *v, struct jws *out, struct err *err)
{
	if (json_need_str(v, "alg", &out->alg, err) != 0 ||
	    json_get_str(v, "nonce", &out->nonce, err) < 0 ||
	    json_get_str(v, "url", &out->url, err) < 0 ||
	    json_get_str(v, "kid", &out->kid, err) < 0 ||
	    json_get_object(v, "jwk", &out->jwk, err) < 0)
		return -1;
	return 0;
}

static int
parse_protected(struct arena *arena, struct view bytes, const char *what,
    struct jws *out, struct err *err)
{
	static const char *const extensions[] = { "crit", "b64" };
	const char *header = arena_printf(arena, "protected header of the %s", what);
	const struct json *v;
	const char *name;

	if (json_parse(arena, bytes, header, &v, err) != 0)
		return -1;
	if (json_kind(v) != JSON_OBJECT)
		return err_set(err, ERR_MALFORMED, "The %s is not an object", header);
	/* JWS-05: a header that must be understood, or changes what was signed. */
	if ((name = find_any(v, extensions, NITEMS(extensions))) != NULL)
		return err_set(err, ERR_MALFORMED, "The %s has the member '%s', but no "
		    "extension of JWS is known here", header, name);
	if (parse_members(v, out, err) != 0)
		return -1;
	if ((out->jwk != NULL) == (out->kid.p != NULL))
		return err_set(err, ERR_MALFORMED,
		    "The %s must have either 'jwk' or 'kid', and not both", header);
	return 0;
}

int
jws_parse_json(struct arena *arena, const struct json *v, const char *what,
    struct jws *out, struct err *err)
{
	static const char *const others[] = { "header", "signatures" };
	struct view header, protected, payload;
	const char *name;

	*out = (struct jws){ .jwk = NULL };
	if (json_kind(v) != JSON_OBJECT)
		return err_set(err, ERR_MALFORMED,
		    "The %s is not a flattened JWS, which is a JSON object", what);
	/* JWS-01, JWS-02: other serializations, and what is not signed. */
	if ((name = find_any(v, others, NITEMS(others))) != NULL)
		return err_set(err, ERR_MALFORMED, "The %s has the member '%s', which no "
		    "flattened JWS of ACME has", what, name);
	if (json_need_b64u(arena, v, "protected", &header, err) != 0 ||
	    json_need_b64u(arena, v, "payload", &out->payload, err) != 0 ||
	    json_need_b64u(arena, v, "signature", &out->signature, err) != 0 ||
	    json_need_str(v, "protected", &protected, err) != 0 ||
	    json_need_str(v, "payload", &payload, err) != 0)
		return -1;
	/* JWS-17: the characters that came, not what we would make of the bytes. */
	out->signing_input = view_of(arena_printf(arena, "%.*s.%.*s",
	    VIEW_ARG(protected), VIEW_ARG(payload)));
	return parse_protected(arena, header, what, out, err);
}

int
jws_parse(struct arena *arena, struct view text, const char *what, struct jws *out,
    struct err *err)
{
	const struct json *v;

	if (json_parse(arena, text, what, &v, err) != 0)
		return -1;
	return jws_parse_json(arena, v, what, out, err);
}
