/* SPDX-License-Identifier: BSD-2-Clause */
/* Signed requests (RFC 8555 s6.2..6.5): from bytes to an account. */
#include "auth/jws_auth.h"

#include "auth/keycache.h"
#include "store/account.h"

static int
check_transport(const struct req *r, struct err *err)
{
	struct view type = r->content_type;

	type = view_trim(view_cut(&type, ';'));
	if (!view_ieq(type, VIEW("application/jose+json")))
		return err_set(err, ERR_MEDIA_TYPE,
		    "The Content-Type must be application/jose+json");
	if (r->body_too_large)
		return err_set(err, ERR_TOO_LARGE,
		    "The request body is larger than %zu bytes", r->route->body_max);
	return 0;
}

static int
check_url(const struct req *r, const struct auth *auth, struct err *err)
{
	struct view url = auth->jws.url;
	struct view base = auth->base.base;

	if (url.p == NULL)
		return err_set(err, ERR_MALFORMED, "The JWS header has no 'url'");
	if (!view_starts(url, base) ||
	    !view_eq(view_sub(url, base.n, url.n), r->uri))
		return err_set(err, ERR_UNAUTHORIZED,
		    "The JWS header's 'url' is not the URL of this request");
	return 0;
}

static int
bad_fit(const struct sig_alg *alg, enum jwk_type type, enum err_kind kind,
    struct err *err)
{
	return err_set(err, kind, "The algorithm %s does not fit a key of type %s",
	    alg->name, jwk_type_name(type));
}

static void
free_key(void *key)
{
	key_free(key);
}

/* The key of the request, and the signature that proves who holds it. */
static int
verify_jwk(struct req *r, struct auth *auth, const struct sig_alg *alg, struct err *err)
{
	if (auth->jwk.type != alg->type)
		return bad_fit(alg, auth->jwk.type, ERR_BAD_PUBLIC_KEY, err);
	if (key_from_jwk(&auth->jwk, &auth->key, err) != 0)
		return -1;
	arena_defer(r->arena, free_key, auth->key);
	key_thumbprint(&auth->jwk, auth->thumbprint);
	return sig_verify(alg, auth->key, auth->jws.signing_input,
	    auth->jws.signature, err);
}

/*
 * JWS-11: private members came with the key.  It is blocked if the signature
 * shows that they came from its holder: else anybody could block anybody's key.
 */
static int
block_leaked(struct req *r, struct auth *auth, const struct sig_alg *alg,
    struct err *refusal)
{
	uint8_t spki[SHA256_LEN];
	struct err err;

	if (verify_jwk(r, auth, alg, &err) != 0)
		return -1;
	auth->verified = true;
	if (key_spki_sha256(auth->key, spki, &err) != 0 ||
	    key_block(service_of(r)->store->db, spki, "its private half was sent to us",
	    r->now, &err) != 0)
		*refusal = err;
	return -1;
}

/* The key comes with the request. */
static int
auth_jwk(struct req *r, struct auth *auth, const struct sig_alg *alg,
    struct err *err)
{
	if (auth->jws.jwk == NULL)
		return err_set(err, ERR_MALFORMED,
		    "This resource takes a JWS with 'jwk', not 'kid'");
	if (jwk_parse(r->arena, auth->jws.jwk, &auth->jwk, err) != 0)
		return auth->jwk.is_leaked ? block_leaked(r, auth, alg, err) : -1;
	return verify_jwk(r, auth, alg, err);
}

static int
find_account(struct req *r, struct auth *auth, struct err *err)
{
	struct service *svc = service_of(r);
	struct view id;
	int rc;

	if (auth->jws.kid.p == NULL)
		return err_set(err, ERR_MALFORMED,
		    "This resource takes a JWS with 'kid', not 'jwk'");
	if (url_parse_account(&auth->base, auth->jws.kid, &id) != 0)
		return err_set(err, ERR_MALFORMED,
		    "The JWS header's 'kid' is not an account URL of this server");
	rc = account_get(svc->store->db, r->arena, id, &auth->account, err);
	if (rc < 0)
		return -1;
	if (rc == 0 || auth->account.server_id != auth->server.id ||
	    auth->account.key_jwk.n == 0)
		return err_set(err, ERR_ACCOUNT_DOES_NOT_EXIST,
		    "There is no account with this URL");
	r->who = auth->account.acme_account_id;
	return 0;
}

static int
auth_kid(struct req *r, struct auth *auth, const struct sig_alg *alg,
    struct err *err)
{
	const struct key *key;

	if (find_account(r, auth, err) != 0)
		return -1;
	memcpy(auth->thumbprint, auth->account.key_thumbprint, THUMBPRINT_LEN);
	key = keycache_get(service_of(r)->keys, r->arena, auth->thumbprint,
	    auth->account.key_jwk, err);
	if (key == NULL)
		return err_internal(err, "stored key of account %.*s: %s",
		    VIEW_ARG(auth->account.acme_account_id), err->detail);
	if (key_type(key) != alg->type)
		return bad_fit(alg, key_type(key), ERR_MALFORMED, err);
	return sig_verify(alg, key, auth->jws.signing_input, auth->jws.signature, err);
}

static int
check_account(const struct auth *auth, struct err *err)
{
	if (account_is_open(auth->account.status))
		return 0;
	return err_set(err, ERR_DEACTIVATED, "The account is %s",
	    account_status_name(auth->account.status));
}

static int
parse_payload(struct req *r, struct auth *auth, struct err *err)
{
	if (auth->jws.payload.n == 0)
		return 0;
	if (r->route->flags & ROUTE_POST_AS_GET || r->route->auth == AUTH_NONE)
		return err_set(err, ERR_MALFORMED,
		    "This resource is read by POST-as-GET: the payload must be empty");
	if (json_parse(r->arena, auth->jws.payload, "payload", &auth->payload, err) != 0)
		return -1;
	if (json_kind(auth->payload) != JSON_OBJECT)
		return err_set(err, ERR_MALFORMED, "The payload is not a JSON object");
	return 0;
}

int
jws_auth(struct req *r, struct auth *auth, struct err *err)
{
	struct service *svc = service_of(r);
	const struct sig_alg *alg;
	bool by_jwk;
	int rc;

	if (check_transport(r, err) != 0)
		return -1;
	auth->body = r->body;
	if (jws_parse(r->arena, r->body, "request", &auth->jws, err) != 0)
		return -1;
	if ((alg = sig_alg_find(auth->jws.alg)) == NULL)
		return err_set(err, ERR_BAD_SIGNATURE_ALGORITHM,
		    "The JWS algorithm is not supported");
	if (check_url(r, auth, err) != 0 ||
	    nonce_check(svc, r->now, auth->jws.nonce, &auth->nonce, err) != 0)
		return -1;
	by_jwk = r->route->auth == AUTH_JWK ||
	    (r->route->auth == AUTH_EITHER && auth->jws.jwk != NULL);
	rc = by_jwk ? auth_jwk(r, auth, alg, err) : auth_kid(r, auth, alg, err);
	if (rc != 0)
		return -1;
	auth->verified = true;
	if ((r->route->flags & ROUTE_WRITES) == 0 &&
	    tx_once(svc->store->db, &auth->nonce.once, err) != 0)
		return -1;
	if (!by_jwk && check_account(auth, err) != 0)
		return -1;
	return parse_payload(r, auth, err);
}
