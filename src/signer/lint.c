/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules of the certificate profile, one function a rule. */
#include "signer/lint.h"

#include "crypto/scoped.h"
#include "policy/schedule.h"

#define NOT_BEFORE_SLACK_S	((int64_t)48 * 3600)	/* SCH-08 */

struct look {
	struct arena		*arena;
	const struct lint_ask	*q;
	const X509		*x;
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
	return view_eq(l->facts.issuer, l->q->ca->facts.subject) &&
	    view_eq(l->facts.aki, l->q->ca->facts.ski);
}

static bool
subject_is_empty(const struct look *l)
{
	return X509_NAME_entry_count(X509_get_subject_name(l->x)) == 0;
}

static bool
dates_fit(const struct look *l)
{
	int64_t lifetime = l->facts.not_after_at - l->facts.not_before_at + 1;

	return lifetime > 0 && lifetime <= l->q->profile->lifetime &&
	    lifetime <= schedule_lifetime_max(l->q->now) &&
	    l->facts.not_before_at <= l->q->now &&
	    l->facts.not_before_at >= l->q->now - NOT_BEFORE_SLACK_S &&
	    l->facts.not_after_at <= l->q->ca->facts.not_after_at;
}

static bool
key_is_the_csrs(const struct look *l)
{
	return view_eq(l->facts.spki, l->q->proven->csr.spki);
}

/* Exactly the proven identifiers, in whatever order. */
static bool
names_are_proven(const struct look *l)
{
	const struct proven *p = l->q->proven;
	struct ident *got = arena_array(l->arena, l->facts.nidents + 1, sizeof(*got));
	size_t i;

	memcpy(got, l->facts.idents, l->facts.nidents * sizeof(*got));
	if (ident_uniq(got, l->facts.nidents) != l->facts.nidents ||
	    l->facts.nidents != p->nidents)
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

/* One distribution point: the CA's URL, http (PRO-12). */
static bool
crl_url_fits(const struct look *l)
{
	struct view want = l->q->ca->crl_url, value;
	const X509_EXTENSION *ext = X509_get_ext(l->x,
	    X509_get_ext_by_NID(l->x, NID_crl_distribution_points, -1));
	const ASN1_OCTET_STRING *s;

	if (ext == NULL || !view_starts(want, VIEW("http://")))
		return false;
	s = X509_EXTENSION_get_data((X509_EXTENSION *)(uintptr_t)ext);
	value = view_from(ASN1_STRING_get0_data(s), (size_t)ASN1_STRING_length(s));
	/* SEQUENCE, SEQUENCE, [0], [0], [6]: ten bytes of headers, and the URL. */
	return view_ends(value, want) && value.n <= want.n + 15;
}

/* What was signed names the algorithm that it is signed with (PRO-16). */
static bool
algorithms_agree(const struct look *l)
{
	const X509_ALGOR *outer;

	X509_get0_signature(NULL, &outer, l->x);
	return X509_ALGOR_cmp(outer, X509_get0_tbs_sigalg(l->x)) == 0;
}

static const struct {
	const char	*rule;
	bool		(*holds)(const struct look *);
} rules[] = {
	{ "version 3 (BR 7.1.1)", version_is_3 },
	{ "serial (PRO-01)", serial_fits },
	{ "issuer (PRO-02, PRO-06)", issuer_is_ca },
	{ "subject (PRO-03)", subject_is_empty },
	{ "validity (SCH-01, SCH-02, SCH-08)", dates_fit },
	{ "subject public key", key_is_the_csrs },
	{ "names (PRO-04)", names_are_proven },
	{ "extensions (PRO-13, PRO-19)", extensions_fit },
	{ "key usage (PRO-10)", usage_fits },
	{ "extended key usage (PRO-08)", purpose_is_server },
	{ "basic constraints (PRO-11)", is_no_ca },
	{ "certificate policies (PRO-07)", policy_is_dv },
	{ "CRL distribution point (PRO-12)", crl_url_fits },
	{ "signature algorithm (PRO-16)", algorithms_agree },
};

int
lint(struct arena *a, struct view der, const struct lint_ask *q,
    struct cert_facts *facts, struct err *err)
{
	struct look l = { .arena = a, .q = q };
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
