/* SPDX-License-Identifier: BSD-2-Clause */
/* Following keyChange requests back. */
#include "signer/keychain.h"

#include "base/log.h"
#include "crypto/sig.h"
#include "store/account_change.h"

static bool
is_signed_by(const struct jws *jws, const struct jwk *jwk)
{
	const struct sig_alg *alg = sig_alg_find(jws->alg);
	struct key *key = NULL;
	struct err err;
	bool good;

	good = alg != NULL && alg->type == jwk->type && key_from_jwk(jwk, &key, &err) == 0 &&
	    sig_verify(alg, key, jws->signing_input, jws->signature, &err) == 0;
	key_free(key);
	return good;
}

static bool
is_key(const struct jwk *jwk, const uint8_t thumbprint[THUMBPRINT_LEN])
{
	uint8_t own[THUMBPRINT_LEN];

	key_thumbprint(jwk, own);
	return memcmp(own, thumbprint, sizeof(own)) == 0;
}

int
keychain_init(struct keychain *k, struct arena *a, struct db *db, uint64_t account_id,
    struct view account_url, const struct url_base *base, struct view key_jwk,
    struct err *err)
{
	*k = (struct keychain){ .arena = a, .db = db, .account_id = account_id,
	    .account_url = account_url, .change_url = url_resource(a, base, "keyChange"),
	    .keys = arena_alloc(a, sizeof(*k->keys)), .n = 1 };
	return jwk_parse_text(a, key_jwk, &k->keys[0], err);
}

/*
 * The request by which the oldest key so far took the place of another: signed by
 * both, for this account.  old gets the other.
 */
static int
read_link(const struct keychain *k, struct view text, struct jwk *old, struct err *err)
{
	const struct json *outer_payload, *payload, *old_json;
	struct jws outer, inner;
	struct view account;
	struct jwk jwk;

	if (jws_parse(k->arena, text, "keyChange", &outer, err) != 0 ||
	    json_parse(k->arena, outer.payload, "payload", &outer_payload, err) != 0 ||
	    jws_parse_json(k->arena, outer_payload, "keyChange", &inner, err) != 0 ||
	    json_parse(k->arena, inner.payload, "inner payload", &payload, err) != 0 ||
	    json_need_str(payload, "account", &account, err) != 0)
		return -1;
	if (inner.jwk == NULL || json_get_object(payload, "oldKey", &old_json, err) != 1)
		return err_set(err, ERR_MALFORMED, "a key is missing");
	if (jwk_parse(k->arena, inner.jwk, &jwk, err) != 0 ||
	    jwk_parse(k->arena, old_json, old, err) != 0)
		return -1;
	if (!view_eq(jwk.canonical, k->keys[k->n - 1].canonical))
		return err_set(err, ERR_MALFORMED, "not the link that is looked for");
	if (!view_eq(account, k->account_url) || !view_eq(outer.kid, k->account_url) ||
	    !view_eq(outer.url, k->change_url) || !view_eq(inner.url, k->change_url))
		return err_set(err, ERR_MALFORMED, "not of this account");
	if (!is_signed_by(&outer, old) || !is_signed_by(&inner, &jwk))
		return err_set(err, ERR_MALFORMED, "signature does not verify");
	return 0;
}

static int
read_whole(struct keychain *k, struct err *err)
{
	struct view *requests;
	struct jwk *keys;
	struct err why;
	size_t n;

	if (account_key_changes(k->db, k->arena, k->account_id, &requests, &n, err) != 0)
		return -1;
	keys = arena_array(k->arena, n + 1, sizeof(*keys));
	keys[0] = k->keys[0];
	k->keys = keys;
	for (; n != 0; n--)
		if (read_link(k, requests[n - 1], &keys[k->n], &why) == 0)
			k->n++;
		else
			log_event(LOG_NOTICE, "keychain.skip", LOGF_U("account", k->account_id),
			    LOGF_S("why", why.detail));
	k->is_whole = true;
	return 0;
}

int
keychain_find(struct keychain *k, const uint8_t thumbprint[THUMBPRINT_LEN], size_t *at,
    struct err *err)
{
	if (!is_key(&k->keys[0], thumbprint) && !k->is_whole && read_whole(k, err) != 0)
		return -1;
	for (*at = 0; *at < k->n; ++*at)
		if (is_key(&k->keys[*at], thumbprint))
			return 1;
	return 0;
}

bool
keychain_signed(const struct keychain *k, const struct jws *jws, size_t last)
{
	size_t i;

	for (i = 0; i <= last && i < k->n; i++)
		if (is_signed_by(jws, &k->keys[i]))
			return true;
	return false;
}
