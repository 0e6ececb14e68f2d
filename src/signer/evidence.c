/* SPDX-License-Identifier: BSD-2-Clause */
/* Everything that must hold before a certificate is made. */
#include "signer/evidence.h"

#include "crypto/attest.h"
#include "crypto/sig.h"
#include "model/authz.h"
#include "policy/csrmatch.h"
#include "policy/keys.h"
#include "policy/schedule.h"
#include "store/account.h"
#include "signer/keychain.h"
#include "store/subscription.h"
#include "wire/jws.h"
#include "wire/url.h"

#define SKEW_S	60	/* a statement may come from a clock that is ahead by this */

/* The order as the attestations must name it. */
struct claim {
	const struct evidence_context	*c;
	const struct sign_order		*o;
	struct url_base			 base;
	struct view			 account_url;
	struct keychain			 keys;
	size_t				 newest;	/* of the attested keys, in keys */
	struct attest_verdict		*verdicts;	/* of the order's authorizations */
	size_t				 nverdicts;
	struct ident			*idents;	/* of the order, each proven by a verdict */
	size_t				 n;
};

/* The client learns that it was refused, the log why. */
static int
refuse(struct err *err, const char *why)
{
	(void)err_set(err, ERR_UNAUTHORIZED,
	    "The order's authorizations do not permit issuance");
	return err_inner(err, "%s", why);
}

static int
check_age(const struct claim *q, int64_t checked_at, int64_t max, struct err *err)
{
	if (checked_at > q->c->now + SKEW_S)
		return refuse(err, "attestation from the future");
	if (q->c->now - checked_at > max)
		return refuse(err, "attestation expired");
	return 0;
}

static int
check_signature(const struct claim *q, const struct evidence *e,
    struct view perspective, struct view key_id, struct err *err)
{
	const struct key *key = authority_perspective(q->c->authority, perspective, key_id);

	if (key == NULL)
		return refuse(err, "attestation of a perspective that is not trusted");
	if (!sig_ed25519_ok(key, e->statement, e->signature))
		return refuse(err, "signature of an attestation does not verify");
	return 0;
}

/*
 * Names below a domain are proven with it in few ways, and only by whom all of it
 * belongs to, as the subscription says now (SUB-02, SUB-04).
 */
static int
check_domain(const struct claim *q, const struct attest_verdict *v, struct err *err)
{
	int rc;

	if (!v->covers_subdomains)
		return 0;
	if (!chall_proves_below(chall_type_find(v->method)))
		return refuse(err, "attestation by a method that does not prove names below");
	if (names_is_shared(q->c->authority->names, v->ident.value))
		return refuse(err, "attestation of names below a public suffix");
	rc = subscription_entitles_below(q->c->db, q->o->binding_id, q->c->now,
	    v->ident.value, q->c->authority->conf->wildcard_covers_names, err);
	return rc != 0 ? (rc < 0 ? -1 : 0) : err_set(err, ERR_NOT_SUBSCRIBED,
	    "%.*s, of which control was proven, is not in an active subscription",
	    VIEW_ARG(v->ident.value));
}

/* Shown in a way that may show it: http-01 proves no wildcard (VAL-02, VAL-03). */
static int
check_method(const struct claim *q, const struct attest_verdict *v, struct err *err)
{
	if (!chall_proves(chall_type_find(v->method), &v->ident))
		return refuse(err, "attestation by a method that does not prove such a name");
	if (!view_eq(v->adn, v->ident.value))
		return refuse(err, "attestation of another authorization domain name");
	return check_domain(q, v, err);
}

/* The proof of one authorization; out is the statement that was signed. */
static int
check_verdict(const struct claim *q, uint64_t authz_id, struct attest_verdict *out,
    struct err *err)
{
	int64_t max = q->c->authority->conf->verdict_max_age, allowed;
	struct evidence e;
	int rc;

	rc = verdict_newest(q->c->db, q->c->arena, authz_id, &e, err);
	if (rc < 0)
		return -1;
	if (rc == 0)
		return refuse(err, "authorization without attestation");
	if (attest_verdict_get(e.statement, out, err) != 0)
		return refuse(err, "statement is no verdict");
	if (check_signature(q, &e, out->perspective, out->key_id, err) != 0)
		return -1;
	if (out->authz_id != authz_id)
		return refuse(err, "attestation of another authorization");
	if (out->account_id != q->o->account_id ||
	    !view_eq(out->account_url, q->account_url))
		return refuse(err, "attestation of another account");
	if (out->result != ATTEST_YES || out->dnssec == DNSSEC_BOGUS)
		return refuse(err, "attestation of a failure");
	if (check_method(q, out, err) != 0)
		return -1;
	allowed = chall_type_find(out->method) == CHALL_DNSPERSIST01 ?
	    schedule_persist_reuse_max(q->c->now) : schedule_reuse_max(q->c->now);
	if (max > allowed)
		max = allowed;
	return check_age(q, out->checked_at, max, err);
}

/* The CAA check that goes with a proof: of the name itself, however it is proven. */
static int
check_caa(const struct claim *q, const struct attest_verdict *v, const struct ident *id,
    struct err *err)
{
	struct attest_caa s;
	struct evidence e;
	int rc;

	if (id->type != IDENT_DNS)
		return 0;
	rc = caa_check_newest(q->c->db, q->c->arena, v->authz_id,
	    v->covers_subdomains ? id->value : VIEW(""), &e, err);
	if (rc < 0)
		return -1;
	if (rc == 0)
		return refuse(err, "authorization without CAA attestation");
	if (attest_caa_get(e.statement, &s, err) != 0)
		return refuse(err, "statement is no CAA check");
	if (check_signature(q, &e, s.perspective, s.key_id, err) != 0)
		return -1;
	if (!view_eq(s.name, id->value) || s.wildcard != id->wildcard)
		return refuse(err, "CAA attestation of another name");
	if (!view_eq(s.account_url, q->account_url) || !view_eq(s.method, v->method) ||
	    !view_eq(s.issuers, q->c->authority->issuers))
		return refuse(err, "CAA attestation of another account, method or issuer");
	if (s.result != ATTEST_YES || s.dnssec == DNSSEC_BOGUS)
		return err_set(err, ERR_CAA, "CAA records forbid issuance for %.*s",
		    VIEW_ARG(s.name));
	return check_age(q, s.checked_at, q->c->authority->conf->caa_max_age, err);
}

/* The key that was attested must be the account's, or one that it had (KCH-06). */
static int
check_key_of(struct claim *q, const struct attest_verdict *v, struct err *err)
{
	size_t at;
	int rc;

	if ((rc = keychain_find(&q->keys, v->key_thumbprint, &at, err)) < 0)
		return -1;
	if (rc == 0)
		return refuse(err, "account key is not the attested one");
	if (at < q->newest)
		q->newest = at;
	return 0;
}

/* All authorizations of the order: their proofs, and the newest key among them. */
static int
check_authzs(struct claim *q, struct err *err)
{
	struct order packed = { .authzs = q->o->authzs };
	size_t i, n = order_nauthzs(&packed);

	if (n == 0 || n > ORDER_IDENTS_MAX)
		return refuse(err, "order without authorizations");
	q->verdicts = arena_array(q->c->arena, n, sizeof(*q->verdicts));
	q->nverdicts = n;
	q->newest = SIZE_MAX;
	for (i = 0; i < n; i++)
		if (check_verdict(q, order_authz(&packed, i), &q->verdicts[i], err) != 0 ||
		    check_key_of(q, &q->verdicts[i], err) != 0)
			return -1;
	return 0;
}

/* The first proof that covers an identifier, as finalize chose it; NULL: there is none. */
static const struct attest_verdict *
proof_of(const struct claim *q, const struct ident *id)
{
	size_t i;

	for (i = 0; i < q->nverdicts; i++)
		if (authz_covers(&q->verdicts[i].ident, q->verdicts[i].covers_subdomains, id))
			return &q->verdicts[i];
	return NULL;
}

/* Is a proof there for one of the identifiers? */
static bool
is_needed(const struct claim *q, const struct attest_verdict *v)
{
	size_t i;

	for (i = 0; i < q->n; i++)
		if (authz_covers(&v->ident, v->covers_subdomains, &q->idents[i]))
			return true;
	return false;
}

/* What is proven is all that the order was made for, no less and nothing else. */
static int
check_idents(struct claim *q, struct err *err)
{
	static const char why[] = "authorizations are not those of the order's identifiers";
	const struct attest_verdict *v;
	size_t i;

	if (ident_unpack(q->c->arena, q->o->idents, &q->idents, &q->n, err) != 0 ||
	    q->n == 0 || ident_uniq(q->idents, q->n) != q->n)
		return refuse(err, why);
	for (i = 0; i < q->nverdicts; i++)
		if (!is_needed(q, &q->verdicts[i]))
			return refuse(err, why);
	for (i = 0; i < q->n; i++) {
		if ((v = proof_of(q, &q->idents[i])) == NULL)
			return refuse(err, why);
		if (check_caa(q, v, &q->idents[i], err) != 0)
			return -1;
	}
	return 0;
}

static int
verify_jws(const struct claim *q, const struct jws *jws, struct err *err)
{
	char token[TOKEN_LEN + 1];
	struct view url;

	token_encode(q->c->url_keys, TOKEN_ORDER, q->o->id, token);
	url = url_finalize(q->c->arena, &q->base, token);
	if (!view_eq(jws->kid, q->account_url))
		return refuse(err, "finalize request of another account");
	if (!view_eq(jws->url, url))
		return refuse(err, "finalize request for another order");
	/* By the newest key that proved a name, or one that took its place. */
	if (!keychain_signed(&q->keys, jws, q->newest))
		return refuse(err, "signature of the finalize request does not verify");
	return 0;
}

/* The CSR inside of what the account holder signed. */
static int
check_finalize(const struct claim *q, struct csr *csr, struct err *err)
{
	const struct json *payload;
	struct view der;
	struct jws jws;

	if (jws_parse(q->c->arena, q->o->finalize_jws, "finalize", &jws, err) != 0)
		return refuse(err, "stored finalize request is no JWS");
	if (verify_jws(q, &jws, err) != 0)
		return -1;
	if (json_parse(q->c->arena, jws.payload, "payload", &payload, err) != 0 ||
	    json_need_b64u(q->c->arena, payload, "csr", &der, err) != 0)
		return refuse(err, "finalize request without CSR");
	return csr_parse(q->c->arena, der, csr, err);
}

static int
check_state(const struct claim *q, struct err *err)
{
	if (q->o->account_status != ACCOUNT_VALID)
		return err_set(err, ERR_UNAUTHORIZED, "The account is %s",
		    account_status_name(q->o->account_status));
	if (q->o->binding_status != BINDING_USABLE)
		return err_set(err, ERR_UNAUTHORIZED,
		    "The external account binding is suspended or deactivated");
	if (q->c->now >= q->o->expires_at)
		return err_set(err, ERR_UNAUTHORIZED,
		    "The order expired before its certificate was signed");
	return 0;
}

static int
check_entitled(const struct claim *q, struct err *err)
{
	struct err bad = ERR_INIT;
	struct view text;
	size_t i;
	int rc;

	(void)err_set(&bad, ERR_NOT_SUBSCRIBED,
	    "The subscription does not hold every name of the order");
	for (i = 0; i < q->n; i++) {
		rc = subscription_entitles(q->c->db, q->o->binding_id, q->c->now,
		    &q->idents[i], q->c->authority->conf->wildcard_covers_names, err);
		if (rc < 0)
			return -1;
		text = ident_text(q->c->arena, &q->idents[i]);
		if (rc == 0)
			err_sub(&bad, q->c->arena, ident_type_name(q->idents[i].type), text,
			    ERR_NOT_SUBSCRIBED, "%.*s is not in an active subscription",
			    VIEW_ARG(text));
	}
	if (bad.nsubs == 0)
		return 0;
	*err = bad;
	return -1;
}

/* A sound key, nobody's account key and not known as compromised (FIN-11, FIN-12). */
static int
check_key(const struct claim *q, struct proven *out, struct err *err)
{
	int rc;

	if (keys_check(&out->csr, err) != 0 ||
	    key_spki_thumbprint(out->csr.spki, out->key_thumbprint, err) != 0 ||
	    (rc = account_key_used(q->c->db, out->key_thumbprint, err)) < 0)
		return -1;
	if (rc == 1)
		return err_set(err, ERR_BAD_CSR, "The CSR's key is the key of an account");
	rc = key_blocked(q->c->db, out->csr.spki_sha256, err);
	if (rc == 1)
		return err_set(err, ERR_BAD_CSR, "The CSR's key is known to be compromised");
	return rc;
}

int
evidence_check(const struct evidence_context *c, const struct sign_order *o,
    struct proven *out, struct err *err)
{
	struct claim q = { .c = c, .o = o,
	    .base = { view_of(c->authority->conf->base_url), o->server } };

	q.account_url = url_account(c->arena, &q.base, o->acme_account_id);
	if (keychain_init(&q.keys, c->arena, c->db, o->account_id, q.account_url, &q.base,
	    o->key_jwk, err) != 0)
		return refuse(err, "stored account key is no key");
	if (check_state(&q, err) != 0 || check_authzs(&q, err) != 0 ||
	    check_idents(&q, err) != 0 || check_finalize(&q, &out->csr, err) != 0 ||
	    csrmatch(c->arena, &out->csr, q.idents, q.n, err) != 0 ||
	    check_key(&q, out, err) != 0 || check_entitled(&q, err) != 0)
		return -1;
	out->idents = q.idents;
	out->nidents = q.n;
	out->not_before_at = o->not_before_at;
	out->not_after_at = o->not_after_at;
	return 0;
}
