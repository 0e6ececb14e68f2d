/* SPDX-License-Identifier: BSD-2-Clause */
/* The inner JWS that ties an account key to a binding. */
#include "auth/eab.h"

#include "base/base64url.h"

#define MAC_KEY_MAX	64	/* bytes of an unwrapped MAC key */

static const struct {
	const char	*name;
	enum hmac_alg	 alg;
} algs[] = {
	{ "HS256", HMAC_SHA256 }, { "HS384", HMAC_SHA384 }, { "HS512", HMAC_SHA512 },
};

static int
find_alg(struct view name, enum hmac_alg *out, struct err *err)
{
	size_t i;

	for (i = 0; i < NITEMS(algs); i++)
		if (view_is(name, algs[i].name)) {
			*out = algs[i].alg;
			return 0;
		}
	return err_set(err, ERR_MALFORMED,
	    "The externalAccountBinding must use HS256, HS384 or HS512");
}

/* One answer, so that nobody learns which key ids exist (EAB-04). */
static int
refuse(struct err *err, const char *why)
{
	(void)err_set(err, ERR_UNAUTHORIZED,
	    "The external account binding is not valid or no longer usable");
	return err_inner(err, "%s", why);
}

static int
check_header(const struct auth *auth, const struct jws *inner, struct err *err)
{
	if (inner->kid.p == NULL)
		return err_set(err, ERR_MALFORMED,
		    "The externalAccountBinding has no 'kid'");
	if (inner->nonce.p != NULL)
		return err_set(err, ERR_MALFORMED,
		    "The externalAccountBinding must not have a 'nonce'");
	if (inner->url.p == NULL || !view_eq(inner->url, auth->jws.url))
		return err_set(err, ERR_MALFORMED,
		    "The externalAccountBinding's 'url' is not that of the request");
	return 0;
}

/* The payload is the account key, compared as a key. */
static int
check_payload(struct req *r, const struct auth *auth, const struct jws *inner,
    struct err *err)
{
	uint8_t thumbprint[THUMBPRINT_LEN];
	struct jwk jwk;

	if (jwk_parse_text(r->arena, inner->payload, &jwk, err) != 0)
		return err_set(err, ERR_MALFORMED,
		    "The externalAccountBinding's payload is not the account key");
	key_thumbprint(&jwk, thumbprint);
	if (!view_eq(view_from(thumbprint, sizeof(thumbprint)),
	    view_from(auth->thumbprint, sizeof(auth->thumbprint))))
		return err_set(err, ERR_MALFORMED,
		    "The externalAccountBinding's payload is not the account key");
	return 0;
}

static int
check_mac(struct service *svc, const struct binding *b, enum hmac_alg alg,
    const struct jws *inner, struct err *err)
{
	uint8_t key[MAC_KEY_MAX], mac[HMAC_LEN_MAX];
	size_t n = b->mac_key.n - WRAP_OVERHEAD;
	bool good;

	if (b->mac_key.n <= WRAP_OVERHEAD || n > sizeof(key))
		return err_internal(err, "MAC key of binding %.*s has %zu bytes",
		    VIEW_ARG(b->key_id), b->mac_key.n);
	if (unwrap(svc->wrap_keys, b->mac_key_version, b->key_id, b->mac_key, key,
	    err) != 0)
		return -1;
	hmac(alg, view_from(key, n), inner->signing_input, mac);
	secret_wipe(key, sizeof(key));
	good = secret_equal(view_from(mac, hmac_len(alg)), inner->signature);
	secret_wipe(mac, sizeof(mac));
	return good ? 0 : refuse(err, "wrong MAC");
}

static void
free_buf(void *p)
{
	buf_release(p);
}

/* As it was received, for the account object (EAB-10). */
static struct view
text_of(struct arena *a, const struct json *value)
{
	static const char *const members[] = { "protected", "payload", "signature" };
	struct buf *b = arena_alloc(a, sizeof(*b));
	struct jsonw w;
	size_t i;

	buf_init(b, ACME_BODY_MAX);
	arena_defer(a, free_buf, b);
	jsonw_init(&w, b);
	jsonw_open(&w);
	for (i = 0; i < NITEMS(members); i++)
		jsonw_kv_str(&w, members[i], json_str(json_member(value, members[i])));
	jsonw_close(&w);
	return buf_view(b);
}

int
eab_verify(struct req *r, const struct auth *auth, struct binding *out,
    struct view *text, struct err *err)
{
	struct service *svc = service_of(r);
	const struct json *value;
	enum hmac_alg alg = HMAC_SHA256;
	struct jws inner;
	int rc;

	rc = json_get_object(auth->payload, "externalAccountBinding", &value, err);
	if (rc == 0)
		return err_set(err, ERR_EXTERNAL_ACCOUNT_REQUIRED,
		    "This server requires an external account binding");
	if (rc < 0 || jws_parse_json(r->arena, value, "externalAccountBinding", &inner,
	    err) != 0 || check_header(auth, &inner, err) != 0 ||
	    find_alg(inner.alg, &alg, err) != 0 ||
	    check_payload(r, auth, &inner, err) != 0)
		return -1;
	/* Key ids are ASCII, and so is their column: it is not asked for anything else. */
	rc = !b64u_alphabet(inner.kid) ? 0 :
	    binding_get(svc->store->db, r->arena, inner.kid, out, err);
	if (rc < 0)
		return -1;
	if (rc == 0)
		return refuse(err, "unknown key id");
	if (check_mac(svc, out, alg, &inner, err) != 0)
		return -1;
	if (out->server_id != auth->server.id)
		return refuse(err, "binding of another server");
	if (out->status != BINDING_USABLE)
		return refuse(err, "binding is suspended or deactivated");
	*text = text_of(r->arena, value);
	return 0;
}
