/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules of the certificate profile, one function a rule. */
#include "signer/lint.h"

#include "crypto/der.h"
#include "crypto/scoped.h"
#include "policy/schedule.h"

#define NOT_BEFORE_SLACK_S	((int64_t)48 * 3600)	/* SCH-08 */
#define YEAR_2050		INT64_C(2524608000)

struct look {
	struct arena		*arena;
	const struct lint_ask	*q;
	struct view		 der;
	X509			*x;
	struct cert_facts	 facts;
};

static bool
serial_fits(const struct look *l)
{
	return view_eq(l->facts.serial, l->q->serial) && l->q->serial.n >= 15 &&
	    l->q->serial.n <= SERIAL_MAX && (l->q->serial.p[0] & 0x80) == 0 &&
	    l->q->serial.p[0] != 0;
}

static bool
version_is_3(const struct look *l)
{
	return X509_get_version(l->x) == X509_VERSION_3;
}

static bool
issuer_is_ca(const struct look *l)
{
	return view_eq(l->facts.issuer, l->q->ca->facts.subject);
}

static bool
subject_is_empty(const struct look *l)
{
	return X509_NAME_entry_count(X509_get_subject_name(l->x)) == 0;
}

static bool
dates_fit(const struct look *l)
{
	const struct proven *asked = l->q->proven;
	int64_t lifetime = l->facts.not_after_at - l->facts.not_before_at + 1;

	return (asked->not_before_at == 0 || asked->not_before_at == l->facts.not_before_at) &&
	    (asked->not_after_at == 0 || asked->not_after_at == l->facts.not_after_at) &&
	    lifetime > 0 && lifetime <= l->q->profile->lifetime &&
	    lifetime <= schedule_lifetime_max(l->q->now) &&
	    l->facts.not_before_at <= l->q->now &&
	    l->facts.not_before_at >= l->q->now - NOT_BEFORE_SLACK_S &&
	    l->facts.not_after_at <= l->q->ca->facts.not_after_at;
}

/* UTCTime until 2049, to the second, in UTC (PRO-18). */
static bool
time_is_written_well(const ASN1_TIME *t, int64_t at)
{
	bool late = at >= YEAR_2050;
	const unsigned char *text = ASN1_STRING_get0_data(t);
	int n = late ? 15 : 13;

	return ASN1_STRING_type(t) == (late ? V_ASN1_GENERALIZEDTIME : V_ASN1_UTCTIME) &&
	    ASN1_STRING_length(t) == n && text[n - 1] == 'Z';
}

static bool
times_are_written_well(const struct look *l)
{
	return time_is_written_well(X509_get0_notBefore(l->x), l->facts.not_before_at) &&
	    time_is_written_well(X509_get0_notAfter(l->x), l->facts.not_after_at);
}

static bool
key_is_the_csrs(const struct look *l)
{
	return view_eq(l->facts.spki, l->q->proven->csr.spki);
}

/* How many names the SAN has, those of types that facts leaves out too. */
static size_t
count_names(const struct look *l)
{
	SCOPED(GENERAL_NAMES) all = X509_get_ext_d2i(l->x, NID_subject_alt_name, NULL, NULL);

	return all == NULL ? 0 : (size_t)sk_GENERAL_NAME_num(all);
}

/* Exactly the proven identifiers, in whatever order, and nothing else. */
static bool
names_are_proven(const struct look *l)
{
	const struct proven *p = l->q->proven;
	struct ident *got;
	size_t i;

	if (l->facts.nidents == 0 || l->facts.nidents != p->nidents ||
	    count_names(l) != p->nidents)
		return false;
	got = arena_array(l->arena, l->facts.nidents, sizeof(*got));
	memcpy(got, l->facts.idents, l->facts.nidents * sizeof(*got));
	if (ident_uniq(got, l->facts.nidents) != l->facts.nidents)
		return false;
	for (i = 0; i < p->nidents; i++)
		if (!ident_eq(&got[i], &p->idents[i]))
			return false;
	return true;
}

/* Which extensions there are, and which of them are critical: no more, no fewer. */
static bool
extensions_fit(const struct look *l)
{
	static const struct {
		int	nid;
		int	critical;
	} wanted[] = {
		{ NID_key_usage, 1 }, { NID_ext_key_usage, 0 },
		{ NID_basic_constraints, 1 }, { NID_authority_key_identifier, 0 },
		{ NID_info_access, 0 }, { NID_subject_alt_name, 1 },
		{ NID_certificate_policies, 0 }, { NID_crl_distribution_points, 0 },
	};
	const X509_EXTENSION *ext;
	size_t i;
	int at;

	if (X509_get_ext_count(l->x) != (int)NITEMS(wanted))
		return false;
	for (i = 0; i < NITEMS(wanted); i++) {
		at = X509_get_ext_by_NID(l->x, wanted[i].nid, -1);
		if (at < 0 || (ext = X509_get_ext(l->x, at)) == NULL ||
		    X509_EXTENSION_get_critical(ext) != wanted[i].critical)
			return false;
	}
	return true;
}

static bool
value_is(const struct look *l, int nid, struct view want)
{
	const X509_EXTENSION *ext = X509_get_ext(l->x, X509_get_ext_by_NID(l->x, nid, -1));
	const ASN1_OCTET_STRING *value;

	if (ext == NULL)
		return false;
	value = X509_EXTENSION_get_data((X509_EXTENSION *)(uintptr_t)ext);
	return view_eq(view_from(ASN1_STRING_get0_data(value),
	    (size_t)ASN1_STRING_length(value)), want);
}

/* digitalSignature; keyEncipherment besides for RSA (PRO-10). */
static bool
usage_fits(const struct look *l)
{
	static const struct view ec = { "\x03\x02\x07\x80", 4 };
	static const struct view rsa = { "\x03\x02\x05\xa0", 4 };

	return value_is(l, NID_key_usage, l->q->proven->csr.key_type == JWK_RSA ? rsa : ec);
}

/* serverAuth alone (PRO-08, PRO-09). */
static bool
purpose_is_server(const struct look *l)
{
	static const struct view want = {
	    "\x30\x0a\x06\x08\x2b\x06\x01\x05\x05\x07\x03\x01", 12 };

	return value_is(l, NID_ext_key_usage, want);
}

static bool
is_no_ca(const struct look *l)
{
	static const struct view want = { "\x30\x00", 2 };

	return value_is(l, NID_basic_constraints, want);
}

/* 2.23.140.1.2.1 alone, without qualifiers (PRO-07). */
static bool
policy_is_dv(const struct look *l)
{
	static const struct view want = {
	    "\x30\x0a\x30\x08\x06\x06\x67\x81\x0c\x01\x02\x01", 12 };

	return value_is(l, NID_certificate_policies, want);
}

/* The CA's key identifier and nothing else (PRO-06). */
static bool
authority_key_fits(const struct look *l)
{
	struct view id = der_make(l->arena, DER_CONTEXT(0), l->q->ca->facts.ski);

	return value_is(l, NID_authority_key_identifier,
	    der_make(l->arena, DER_SEQUENCE, id));
}

static struct view
url_name(const struct look *l, struct view url)
{
	return der_make(l->arena, DER_CONTEXT(6), url);
}

/* One distribution point: the CA's URL, http (PRO-12). */
static bool
crl_url_fits(const struct look *l)
{
	struct view v = url_name(l, l->q->ca->crl_url);

	v = der_make(l->arena, DER_CONTEXT_CONS(0), v);		/* fullName */
	v = der_make(l->arena, DER_CONTEXT_CONS(0), v);		/* distributionPoint */
	v = der_make(l->arena, DER_SEQUENCE, v);
	return view_starts(l->q->ca->crl_url, VIEW("http://")) &&
	    value_is(l, NID_crl_distribution_points, der_make(l->arena, DER_SEQUENCE, v));
}

/* caIssuers alone: the CA's certificate, http (PRO-05). */
static bool
issuer_url_fits(const struct look *l)
{
	static const struct view ca_issuers = {
	    "\x06\x08\x2b\x06\x01\x05\x05\x07\x30\x02", 10 };
	struct view v = der_join(l->arena, ca_issuers, url_name(l, l->q->ca->issuer_url));

	v = der_make(l->arena, DER_SEQUENCE, v);
	return view_starts(l->q->ca->issuer_url, VIEW("http://")) &&
	    value_is(l, NID_info_access, der_make(l->arena, DER_SEQUENCE, v));
}

/* The AlgorithmIdentifier that signatures by the CA's key carry, to the byte (PRO-16). */
static struct view
algorithm_wanted(const struct look *l)
{
	static const struct view rsa = {
	    "\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0b\x05\x00", 15 };
	static const struct view p256 = {
	    "\x30\x0a\x06\x08\x2a\x86\x48\xce\x3d\x04\x03\x02", 12 };
	static const struct view p384 = {
	    "\x30\x0a\x06\x08\x2a\x86\x48\xce\x3d\x04\x03\x03", 12 };
	static const struct view p521 = {
	    "\x30\x0a\x06\x08\x2a\x86\x48\xce\x3d\x04\x03\x04", 12 };
	const EVP_PKEY *key = X509_get0_pubkey(l->q->ca->cert);

	if (EVP_PKEY_is_a(key, "RSA"))
		return rsa;
	switch (EVP_PKEY_get_bits(key)) {
	case 256:
		return p256;
	case 384:
		return p384;
	default:
		return p521;
	}
}

/* Both places name that algorithm. */
static bool
algorithm_fits(const struct look *l)
{
	struct view want = algorithm_wanted(l);
	struct der cert, tbs, inner, outer, skipped;

	return der_only(l->der, DER_SEQUENCE, &cert) == 0 &&
	    der_take(&cert.content, DER_SEQUENCE, &tbs) == 0 &&
	    der_take(&cert.content, DER_SEQUENCE, &outer) == 0 &&
	    der_take(&tbs.content, DER_CONTEXT_CONS(0), &skipped) == 0 &&
	    der_take(&tbs.content, DER_INTEGER, &skipped) == 0 &&
	    der_take(&tbs.content, DER_SEQUENCE, &inner) == 0 &&
	    view_eq(inner.whole, want) && view_eq(outer.whole, want);
}

static bool
has_no_unique_ids(const struct look *l)
{
	const ASN1_BIT_STRING *issuer, *subject;

	X509_get0_uids(l->x, &issuer, &subject);
	return issuer == NULL && subject == NULL;
}

/*
 * X.690 s11.5: FALSE, the default of an extension's flag, is not written.  The
 * library would write it again.
 */
static bool
flags_are_der(struct view tbs)
{
	struct der exts, list, ext, part;

	do {
		if (der_next(&tbs, &exts) != 0)
			return false;
	} while (exts.tag != DER_CONTEXT_CONS(3));
	if (der_only(exts.content, DER_SEQUENCE, &list) != 0)
		return false;
	while (list.content.n != 0)
		if (der_take(&list.content, DER_SEQUENCE, &ext) != 0 ||
		    der_take(&ext.content, DER_OID, &part) != 0 ||
		    der_next(&ext.content, &part) != 0 ||
		    (part.tag != DER_OCTET_STRING && !view_is(part.content, "\xff")))
			return false;
	return true;
}

/* Encoded once more it is the same: no BER; and no default is written out (PRO-19). */
static bool
is_der(const struct look *l)
{
	unsigned char *p = NULL;
	int n = i2d_re_X509_tbs(l->x, &p);
	struct der cert, tbs;
	bool same;

	same = n > 0 && der_only(l->der, DER_SEQUENCE, &cert) == 0 &&
	    der_take(&cert.content, DER_SEQUENCE, &tbs) == 0 &&
	    view_eq(tbs.whole, view_from(p, (size_t)n)) && flags_are_der(tbs.content);
	OPENSSL_free(p);
	return same;
}

static const struct {
	const char	*rule;
	bool		(*holds)(const struct look *);
} rules[] = {
	{ "version 3 (BR 7.1.1)", version_is_3 },
	{ "serial (PRO-01)", serial_fits },
	{ "issuer (PRO-02)", issuer_is_ca },
	{ "subject (PRO-03)", subject_is_empty },
	{ "validity (SCH-01, SCH-02, SCH-08)", dates_fit },
	{ "form of the times (PRO-18)", times_are_written_well },
	{ "subject public key", key_is_the_csrs },
	{ "names (PRO-04)", names_are_proven },
	{ "extensions (PRO-13, PRO-19)", extensions_fit },
	{ "authority key identifier (PRO-06)", authority_key_fits },
	{ "key usage (PRO-10)", usage_fits },
	{ "extended key usage (PRO-08)", purpose_is_server },
	{ "basic constraints (PRO-11)", is_no_ca },
	{ "certificate policies (PRO-07)", policy_is_dv },
	{ "CRL distribution point (PRO-12)", crl_url_fits },
	{ "authority information access (PRO-05)", issuer_url_fits },
	{ "signature algorithm (PRO-16)", algorithm_fits },
	{ "unique ids (PRO-19)", has_no_unique_ids },
	{ "DER (PRO-19)", is_der },
};

int
lint(struct arena *a, struct view der, const struct lint_ask *q,
    struct cert_facts *facts, struct err *err)
{
	struct look l = { .arena = a, .q = q, .der = der };
	SCOPED(X509) x = NULL;
	size_t i;

	if (x509_open(a, der, &l.facts, &x, err) != 0)
		return err_internal(err, "lint: the certificate cannot be parsed");
	l.x = x;
	for (i = 0; i < NITEMS(rules); i++)
		if (!rules[i].holds(&l))
			return err_internal(err, "lint: %s", rules[i].rule);
	*facts = l.facts;
	return 0;
}
