/* SPDX-License-Identifier: BSD-2-Clause */
/* Making CRLs. */
#include "signer/crl.h"

#include "base/log.h"
#include "crypto/scoped.h"
#include "signer/assemble.h"
#include "signer/crlkeep.h"

SCOPED_TYPE(ASN1_INTEGER, ASN1_INTEGER_free)
SCOPED_TYPE(ASN1_TIME, ASN1_TIME_free)
SCOPED_TYPE(ISSUING_DIST_POINT, ISSUING_DIST_POINT_free)

#define SHARD		0
#define REASON_NONE	0	/* unspecified: no reasonCode (CRL-04) */

static int
add_entry(X509_CRL *crl, const struct crl_entry *e)
{
	SCOPED(ASN1_TIME) at = ASN1_TIME_set(NULL, (time_t)e->revoked_at);
	SCOPED(BIGNUM) bn = BN_bin2bn((const unsigned char *)e->serial.p,
	    (int)e->serial.n, NULL);
	SCOPED(ASN1_INTEGER) serial = bn != NULL ? BN_to_ASN1_INTEGER(bn, NULL) : NULL;
	X509_REVOKED *r = X509_REVOKED_new();
	ASN1_ENUMERATED *reason = ASN1_ENUMERATED_new();
	int ok;

	ok = at != NULL && serial != NULL && r != NULL && reason != NULL &&
	    X509_REVOKED_set_serialNumber(r, serial) == 1 &&
	    X509_REVOKED_set_revocationDate(r, at) == 1 &&
	    (e->revoke_reason == REASON_NONE ||
	    (ASN1_ENUMERATED_set(reason, (long)e->revoke_reason) == 1 &&
	    X509_REVOKED_add1_ext_i2d(r, NID_crl_reason, reason, 0, 0) == 1)) &&
	    X509_CRL_add0_revoked(crl, r) == 1;
	ASN1_ENUMERATED_free(reason);
	if (!ok)
		X509_REVOKED_free(r);
	return ok;
}

/* The URL of the shard, byte for byte as in the certificates (CRL-03). */
static int
add_idp(X509_CRL *crl, struct view url)
{
	SCOPED(ISSUING_DIST_POINT) idp = ISSUING_DIST_POINT_new();
	GENERAL_NAME *gn = GENERAL_NAME_new();
	ASN1_IA5STRING *uri = ASN1_IA5STRING_new();

	if (idp == NULL || gn == NULL || uri == NULL ||
	    ASN1_STRING_set(uri, url.p, (int)url.n) != 1 ||
	    (idp->distpoint = DIST_POINT_NAME_new()) == NULL ||
	    (idp->distpoint->name.fullname = GENERAL_NAMES_new()) == NULL) {
		GENERAL_NAME_free(gn);
		ASN1_IA5STRING_free(uri);
		return 0;
	}
	idp->distpoint->type = 0;
	GENERAL_NAME_set0_value(gn, GEN_URI, uri);
	if (sk_GENERAL_NAME_push(idp->distpoint->name.fullname, gn) == 0) {
		GENERAL_NAME_free(gn);
		return 0;
	}
	return X509_CRL_add1_ext_i2d(crl, NID_issuing_distribution_point, idp, 1, 0) == 1;
}

static int
add_extensions(X509_CRL *crl, const struct ca *ca, uint64_t number)
{
	SCOPED(AUTHORITY_KEYID) aki = AUTHORITY_KEYID_new();
	SCOPED(ASN1_INTEGER) n = ASN1_INTEGER_new();

	return aki != NULL && n != NULL &&
	    (aki->keyid = ASN1_OCTET_STRING_new()) != NULL &&
	    ASN1_OCTET_STRING_set(aki->keyid, (const unsigned char *)ca->facts.ski.p,
	    (int)ca->facts.ski.n) == 1 &&
	    X509_CRL_add1_ext_i2d(crl, NID_authority_key_identifier, aki, 0, 0) == 1 &&
	    ASN1_INTEGER_set_uint64(n, number) == 1 &&
	    X509_CRL_add1_ext_i2d(crl, NID_crl_number, n, 0, 0) == 1 &&
	    add_idp(crl, ca->crl_url);
}

static int
fill(X509_CRL *crl, const struct ca *ca, const struct crl *c,
    const struct crl_entry *entries, size_t n)
{
	SCOPED(ASN1_TIME) from = ASN1_TIME_set(NULL, (time_t)c->this_update_at);
	SCOPED(ASN1_TIME) to = ASN1_TIME_set(NULL, (time_t)c->next_update_at);
	size_t i;

	if (from == NULL || to == NULL || X509_CRL_set_version(crl, X509_CRL_VERSION_2) != 1 ||
	    X509_CRL_set_issuer_name(crl, X509_get_subject_name(ca->cert)) != 1 ||
	    X509_CRL_set1_lastUpdate(crl, from) != 1 ||
	    X509_CRL_set1_nextUpdate(crl, to) != 1)
		return 0;
	for (i = 0; i < n; i++)
		if (!add_entry(crl, &entries[i]))
			return 0;
	return add_extensions(crl, ca, c->number) && X509_CRL_sort(crl) == 1;
}

/* Encode under the dummy key for the bytes to be signed, then put the real signature. */
static int
sign(struct arena *a, const struct ca *ca, X509_CRL *crl, struct view *der,
    struct err *err)
{
	unsigned char *p = NULL;
	const X509_ALGOR *alg;
	struct view tbs, algorithm, signature;
	int n;

	if (X509_CRL_sign(crl, ca->dummy, ca->backend->digest) == 0)
		return err_internal(err, "a CRL could not be built");
	n = i2d_re_X509_CRL_tbs(crl, &p);
	tbs = arena_view(a, view_from(p, n > 0 ? (size_t)n : 0));
	OPENSSL_free(p);
	p = NULL;
	X509_CRL_get0_signature(crl, NULL, &alg);
	n = i2d_X509_ALGOR(alg, &p);
	algorithm = arena_view(a, view_from(p, n > 0 ? (size_t)n : 0));
	OPENSSL_free(p);
	if (tbs.n == 0 || algorithm.n == 0)
		return err_internal(err, "a CRL could not be encoded");
	if (ca->backend->ops->sign(ca->backend, a, tbs, &signature, err) != 0)
		return -1;
	*der = assemble(a, tbs, algorithm, signature);
	return 0;
}

static int
verify(const struct ca *ca, struct view der, struct err *err)
{
	const unsigned char *p = (const unsigned char *)der.p;
	SCOPED(X509_CRL) crl = d2i_X509_CRL(NULL, &p, (long)der.n);

	if (crl == NULL || X509_CRL_verify(crl, ca->backend->public_key) != 1)
		return err_internal(err, "a new CRL does not verify");
	return 0;
}

static int
publish(struct authority *auth, struct store *st, const struct ca *ca,
    const struct crl *previous, struct arena *a, struct err *err)
{
	int64_t now_ms = clk_now_ms(st->clk), now = now_ms / 1000, from;
	SCOPED(X509_CRL) x = X509_CRL_new();
	struct crl c = { .number = (uint64_t)now_ms, .this_update_at = now,
	    .next_update_at = now + auth->conf->crl_lifetime };
	struct crl_entry *entries;
	size_t n;

	/* Numbers only rise, even when the clock was set back. */
	if (c.number <= previous->number)
		c.number = previous->number + 1;
	if (crlkeep_from(previous->der, auth->conf->crl_refresh, now, &from, err) != 0 ||
	    crl_entries(st->db, a, ca->id, SHARD, from, &entries, &n, err) != 0 ||
	    crlkeep_check(ca, st->db, a, previous->der, entries, n, from, err) != 0)
		return -1;
	if (x == NULL || !fill(x, ca, &c, entries, n))
		return err_internal(err, "a CRL could not be built");
	if (sign(a, ca, x, &c.der, err) != 0 || verify(ca, c.der, err) != 0 ||
	    crl_put(st->db, ca->id, SHARD, &c, err) != 0)
		return -1;
	log_event(LOG_INFO, "crl.publish", LOGF_S("issuer", ca->conf->name),
	    LOGF_U("number", c.number), LOGF_U("entries", n));
	return 0;
}

static int
renew_one(struct authority *auth, struct store *st, struct ca *ca, bool at_once,
    struct err *err)
{
	struct arena *a = arena_new();
	struct crl newest = { .number = 0 };
	int64_t now = clk_now(st->clk);
	int rc;

	rc = authority_resolve(st->db, ca, err);
	if (rc == 0)
		rc = crl_newest(st->db, a, ca->id, SHARD, &newest, err);
	/* One that claims to be from the future was made before the clock was set back. */
	if (rc == 0 || (rc == 1 && (at_once || newest.this_update_at > now ||
	    now - newest.this_update_at >= auth->conf->crl_refresh)))
		rc = publish(auth, st, ca, &newest, a, err);
	arena_free(a);
	return rc < 0 ? -1 : 0;
}

int
crl_renew(struct authority *auth, struct store *st, struct err *err)
{
	size_t i;

	for (i = 0; i < auth->ncas; i++)
		if (renew_one(auth, st, &auth->cas[i], false, err) != 0)
			return -1;
	return 0;
}

int
crl_publish(struct authority *auth, struct store *st, uint64_t issuer_id, struct err *err)
{
	size_t i;

	for (i = 0; i < auth->ncas; i++) {
		if (authority_resolve(st->db, &auth->cas[i], err) != 0)
			return -1;
		if (auth->cas[i].id == issuer_id)
			return renew_one(auth, st, &auth->cas[i], true, err);
	}
	return 0;
}
