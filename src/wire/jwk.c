/* SPDX-License-Identifier: BSD-2-Clause */
/* Public JSON Web Keys: members, sizes, and the text of the thumbprint. */
#include "wire/jwk.h"

#include "base/base64url.h"
#include "wire/limits.h"

#define RSA_EXPONENT_MAX	32	/* bytes (BR 6.1.6: below 2^256) */

/* The longest canonical form is RSA's. */
_Static_assert(sizeof("{\"e\":\"\",\"kty\":\"RSA\",\"n\":\"\"}") +
    B64U_LEN(RSA_EXPONENT_MAX) + B64U_LEN(RSA_BITS_MAX / 8) <= JWK_CANONICAL_MAX,
    "JWK_CANONICAL_MAX is too small");

static const struct {
	const char	*name;		/* for people */
	const char	*kty;
	const char	*crv;		/* "": has none */
	size_t		 field;		/* bytes of x, and of y */
	bool		 has_y;
	const char	*algs[2];	/* what "alg" may say */
} types[] = {
	[JWK_RSA]	= { "RSA", "RSA", "", 0, false, { "RS256", NULL } },
	[JWK_P256]	= { "EC P-256", "EC", "P-256", 32, true, { "ES256", NULL } },
	[JWK_P384]	= { "EC P-384", "EC", "P-384", 48, true, { "ES384", NULL } },
	[JWK_P521]	= { "EC P-521", "EC", "P-521", 66, true, { "ES512", NULL } },
	/* RFC 9864 gives EdDSA a second name. */
	[JWK_ED25519]	= { "Ed25519", "OKP", "Ed25519", 32, false, { "EdDSA", "Ed25519" } },
};

const char *
jwk_type_name(enum jwk_type type)
{
	return types[type].name;
}

/* JWS-11: what only a private or a symmetric key has. */
static int
check_public(const struct json *v, struct err *err)
{
	static const char *const private[] = {
		"d", "p", "q", "dp", "dq", "qi", "oth", "k",
	};
	size_t i;

	for (i = 0; i < NITEMS(private); i++)
		if (json_member(v, private[i]) != NULL)
			return err_set(err, ERR_BAD_PUBLIC_KEY,
			    "The JWK holds the private member '%s'; the key must be "
			    "replaced, because it is no longer secret", private[i]);
	return 0;
}

static int
find_type(const struct json *v, enum jwk_type *out, struct err *err)
{
	struct view kty, crv = VIEW_NONE;
	size_t i;

	if (json_need_str(v, "kty", &kty, err) != 0)
		return -1;
	if ((view_is(kty, "EC") || view_is(kty, "OKP")) &&
	    json_need_str(v, "crv", &crv, err) != 0)
		return -1;
	for (i = 0; i < NITEMS(types); i++)
		if (view_is(kty, types[i].kty) && view_is(crv, types[i].crv)) {
			*out = (enum jwk_type)i;
			return 0;
		}
	return err_set(err, ERR_BAD_PUBLIC_KEY, "Keys must be RSA, EC on P-256, P-384 or "
	    "P-521, or OKP on Ed25519");
}

/* JWS-12: key_ops, if there, names sign or verify. */
static int
check_key_ops(const struct json *v, struct err *err)
{
	const struct json *ops, *op;
	bool signs = false;
	size_t i;
	int rc;

	if ((rc = json_get_array(v, "key_ops", &ops, err)) <= 0)
		return rc;
	for (i = 0; (op = json_at(ops, i)) != NULL; i++) {
		if (json_kind(op) != JSON_STR)
			return err_set(err, ERR_MALFORMED,
			    "The member 'key_ops' holds something that is not a string");
		signs |= view_is(json_str(op), "verify") || view_is(json_str(op), "sign");
	}
	if (!signs)
		return err_set(err, ERR_MALFORMED,
		    "The member 'key_ops' of the JWK excludes signatures");
	return 0;
}

/* JWS-12: what else the key says of its use. */
static int
check_use(const struct json *v, enum jwk_type type, struct err *err)
{
	const char *const *algs = types[type].algs;
	struct view use, alg;
	int rc;

	if ((rc = json_get_str(v, "use", &use, err)) < 0)
		return -1;
	if (rc == 1 && !view_is(use, "sig"))
		return err_set(err, ERR_MALFORMED,
		    "The member 'use' of the JWK is not 'sig'");
	if ((rc = json_get_str(v, "alg", &alg, err)) < 0)
		return -1;
	if (rc == 1 && !view_is(alg, algs[0]) && (algs[1] == NULL || !view_is(alg, algs[1])))
		return err_set(err, ERR_MALFORMED,
		    "The member 'alg' of the JWK is not '%s', which fits a key of type %s",
		    algs[0], types[type].name);
	return check_key_ops(v, err);
}

/* A number of RSA: big-endian without leading zeros (JWS-27), and odd. */
static int
need_odd(struct arena *arena, const struct json *v, const char *name,
    struct view *out, struct err *err)
{
	if (json_need_b64u(arena, v, name, out, err) != 0)
		return -1;
	if (out->n == 0 || out->p[0] == 0)
		return err_set(err, ERR_BAD_PUBLIC_KEY,
		    "The RSA number '%s' is empty or has leading zero octets", name);
	if ((out->p[out->n - 1] & 1) == 0)
		return err_set(err, ERR_BAD_PUBLIC_KEY, "The RSA number '%s' is even", name);
	return 0;
}

static int
parse_rsa(struct arena *arena, const struct json *v, struct jwk *out, struct err *err)
{
	if (need_odd(arena, v, "n", &out->n, err) != 0 ||
	    need_odd(arena, v, "e", &out->e, err) != 0)
		return -1;
	if (out->n.n < RSA_BITS_MIN / 8 || out->n.n > RSA_BITS_MAX / 8 ||
	    ((unsigned char)out->n.p[0] & 0x80) == 0)
		return err_set(err, ERR_BAD_PUBLIC_KEY, "RSA keys must have %d to %d bits, "
		    "a multiple of 8", RSA_BITS_MIN, RSA_BITS_MAX);
	if (out->e.n > RSA_EXPONENT_MAX || (out->e.n == 1 && out->e.p[0] == 1))
		return err_set(err, ERR_BAD_PUBLIC_KEY,
		    "The RSA exponent must be 3 or more, of at most %d octets",
		    RSA_EXPONENT_MAX);
	return 0;
}

/* JWS-14, JWS-16: x or y, as wide as the field. */
static int
need_coordinate(struct arena *arena, const struct json *v, const char *name, size_t width,
    struct view *out, struct err *err)
{
	if (json_need_b64u(arena, v, name, out, err) != 0)
		return -1;
	if (out->n != width)
		return err_set(err, ERR_BAD_PUBLIC_KEY,
		    "The coordinate '%s' has %zu octets instead of %zu", name, out->n, width);
	return 0;
}

static int
parse_curve(struct arena *arena, const struct json *v, struct jwk *out, struct err *err)
{
	size_t width = types[out->type].field;

	if (need_coordinate(arena, v, "x", width, &out->x, err) != 0)
		return -1;
	if (types[out->type].has_y)
		return need_coordinate(arena, v, "y", width, &out->y, err);
	return 0;
}

static const char *
b64u(struct arena *arena, struct view bytes)
{
	char *text = arena_alloc(arena, B64U_LEN(bytes.n) + 1);

	b64u_encode(bytes.p, bytes.n, text);
	return text;
}

/*
 * RFC 7638 s3, RFC 8037 s2: the required members only, in the order of their
 * names, no blanks.
 */
const char *
jwk_canonical(struct arena *a, const struct jwk *k)
{
	const char *kty = types[k->type].kty, *crv = types[k->type].crv;

	if (k->type == JWK_RSA)
		return arena_printf(a, "{\"e\":\"%s\",\"kty\":\"%s\",\"n\":\"%s\"}",
		    b64u(a, k->e), kty, b64u(a, k->n));
	if (!types[k->type].has_y)
		return arena_printf(a, "{\"crv\":\"%s\",\"kty\":\"%s\",\"x\":\"%s\"}",
		    crv, kty, b64u(a, k->x));
	return arena_printf(a, "{\"crv\":\"%s\",\"kty\":\"%s\",\"x\":\"%s\",\"y\":\"%s\"}",
	    crv, kty, b64u(a, k->x), b64u(a, k->y));
}

int
jwk_parse(struct arena *arena, const struct json *v, struct jwk *out, struct err *err)
{
	*out = (struct jwk){ .type = JWK_RSA };
	if (json_kind(v) != JSON_OBJECT)
		return err_set(err, ERR_MALFORMED, "The JWK is not an object");
	if (find_type(v, &out->type, err) != 0 ||
	    check_use(v, out->type, err) != 0)
		return -1;
	if (out->type == JWK_RSA ? parse_rsa(arena, v, out, err) != 0 :
	    parse_curve(arena, v, out, err) != 0)
		return -1;
	out->canonical = view_of(jwk_canonical(arena, out));
	if (check_public(v, err) != 0) {
		out->is_leaked = true;
		return -1;
	}
	return 0;
}

int
jwk_parse_text(struct arena *arena, struct view text, struct jwk *out, struct err *err)
{
	const struct json *v;

	if (json_parse(arena, text, "JWK", &v, err) != 0)
		return -1;
	return jwk_parse(arena, v, out, err);
}
