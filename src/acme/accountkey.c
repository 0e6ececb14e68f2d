/* SPDX-License-Identifier: BSD-2-Clause */
/* Account keys: what they may be, and one in place of another (KCH-01..08). */
#include "acme/accountkey.h"

#include "acme/render.h"
#include "policy/keys.h"
#include "store/account.h"
#include "store/account_change.h"

/* The request inside the request: signed by the key that is to come. */
struct rollover {
	struct jws		 inner;
	struct jwk		 jwk;
	struct key		*key;
	uint8_t			 thumbprint[THUMBPRINT_LEN];
	const struct json	*payload;
};

int
accountkey_check(struct req *r, const struct jwk *jwk, const struct key *key,
    const uint8_t thumbprint[THUMBPRINT_LEN], struct err *err)
{
	struct db *db = service_of(r)->store->db;
	uint8_t spki[SHA256_LEN];
	int rc;

	if (keys_check_account(jwk, err) != 0)
		return -1;
	if ((rc = cert_key_used(db, thumbprint, err)) < 0)
		return -1;
	if (rc == 1)
		return err_set(err, ERR_BAD_PUBLIC_KEY,
		    "This key is the key of a certificate; an account needs its own");
	if (key_spki_sha256(key, spki, err) != 0 || (rc = key_blocked(db, spki, err)) < 0)
		return -1;
	if (rc == 1)
		return err_set(err, ERR_BAD_PUBLIC_KEY,
		    "This key is known to be compromised");
	return 0;
}

static void
free_key(void *key)
{
	key_free(key);
}

/* KCH-02: the new key, the same url, no nonce. */
static int
check_header(const struct auth *auth, const struct jws *inner, struct err *err)
{
	if (inner->jwk == NULL)
		return err_set(err, ERR_MALFORMED,
		    "The inner JWS of a keyChange has no 'jwk'");
	if (inner->nonce.p != NULL)
		return err_set(err, ERR_MALFORMED,
		    "The inner JWS of a keyChange must not have a 'nonce'");
	if (inner->url.p == NULL || !view_eq(inner->url, auth->jws.url))
		return err_set(err, ERR_MALFORMED,
		    "The inner JWS of a keyChange has another 'url' than the outer one");
	return 0;
}

static int
verify(struct req *r, struct rollover *ro, struct err *err)
{
	const struct sig_alg *alg = sig_alg_find(ro->inner.alg);

	if (alg == NULL)
		return err_set(err, ERR_BAD_SIGNATURE_ALGORITHM,
		    "The algorithm of the inner JWS is not supported");
	if (jwk_parse(r->arena, ro->inner.jwk, &ro->jwk, err) != 0)
		return -1;
	if (ro->jwk.type != alg->type)
		return err_set(err, ERR_BAD_PUBLIC_KEY,
		    "The algorithm %s does not fit the new key", alg->name);
	if (key_from_jwk(&ro->jwk, &ro->key, err) != 0)
		return -1;
	arena_defer(r->arena, free_key, ro->key);
	key_thumbprint(&ro->jwk, ro->thumbprint);
	return sig_verify(alg, ro->key, ro->inner.signing_input, ro->inner.signature, err);
}

static bool
same(const uint8_t a[THUMBPRINT_LEN], const uint8_t b[THUMBPRINT_LEN])
{
	return view_eq(view_from(a, THUMBPRINT_LEN), view_from(b, THUMBPRINT_LEN));
}

/* KCH-03: it is about this account, and comes from who knows its key. */
static int
check_payload(struct req *r, const struct rollover *ro, struct err *err)
{
	const struct auth *auth = auth_of(r);
	uint8_t thumbprint[THUMBPRINT_LEN];
	const struct json *payload, *old;
	struct view account;
	struct jwk jwk;
	int rc;

	if (json_parse(r->arena, ro->inner.payload, "inner payload", &payload, err) != 0)
		return -1;
	if (json_kind(payload) != JSON_OBJECT)
		return err_set(err, ERR_MALFORMED, "The inner payload is not a JSON object");
	if (json_need_str(payload, "account", &account, err) != 0 ||
	    (rc = json_get_object(payload, "oldKey", &old, err)) < 0)
		return -1;
	if (!view_eq(account, auth->jws.kid))
		return err_set(err, ERR_MALFORMED,
		    "The 'account' of the keyChange is not the one that signed it");
	if (rc == 0 || jwk_parse(r->arena, old, &jwk, err) != 0)
		return err_set(err, ERR_MALFORMED, "The 'oldKey' of the keyChange is no key");
	key_thumbprint(&jwk, thumbprint);
	if (!same(thumbprint, auth->thumbprint))
		return err_set(err, ERR_MALFORMED,
		    "The 'oldKey' of the keyChange is not the account's key");
	if (same(ro->thumbprint, auth->thumbprint))
		return err_set(err, ERR_MALFORMED, "The new key is the account's key already");
	return 0;
}

/* KCH-04: 409 with the URL of the account that has the key, whatever became of it. */
static int
check_free(struct req *r, const struct rollover *ro, struct err *err)
{
	struct auth *auth = auth_of(r);
	struct account other;
	int rc;

	rc = account_by_key(service_of(r)->store->db, r->arena, ro->thumbprint,
	    auth->server.id, &other, err);
	if (rc != 1)
		return rc;
	auth->location = url_account(r->arena, &auth->base, other.acme_account_id);
	return err_set(err, ERR_CONFLICT, "The new key is the key of another account");
}

int
accountkey_change(struct req *r, struct err *err)
{
	struct service *svc = service_of(r);
	struct auth *auth = auth_of(r);
	struct rollover ro = { .key = NULL };
	struct account_rekey k;
	struct view *contacts;
	struct err again;
	size_t n;

	if (auth->payload == NULL)
		return err_set(err, ERR_MALFORMED, "The payload is empty");
	if (jws_parse_json(r->arena, auth->payload, "keyChange", &ro.inner, err) != 0 ||
	    check_header(auth, &ro.inner, err) != 0 || verify(r, &ro, err) != 0 ||
	    check_payload(r, &ro, err) != 0 || check_free(r, &ro, err) != 0 ||
	    accountkey_check(r, &ro.jwk, ro.key, ro.thumbprint, err) != 0)
		return -1;
	k = (struct account_rekey){ auth->thumbprint, ro.thumbprint, ro.jwk.canonical,
	    auth->body };
	if (account_rekey(svc->store, &auth->nonce.once, &auth->account, &k, err) != 0) {
		/* Another request was faster to give the key to somebody. */
		if (err->kind == ERR_CONFLICT && check_free(r, &ro, &again) != 0)
			*err = again;
		return -1;
	}
	if (account_contacts(svc->store->db, r->arena, auth->account.id, &contacts, &n,
	    err) != 0)
		return -1;
	render_account(r, &auth->account, contacts, n);
	return 0;
}
