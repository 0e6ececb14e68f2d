/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Each rule of signer/lint refuses a certificate that breaks it alone, and says so;
 * LIN-01.  The certificates are good ones, altered with OpenSSL; what it cannot be made
 * to write is in test_lint_der.c.
 */
#include "lintcase.h"

#include "tap.h"

/* A policy as PolicyInformation: DV, OV, any, one of somebody's, DV with a CPS qualifier. */
#define DV	":30:08:06:06:67:81:0c:01:02:01"
#define OV	":30:08:06:06:67:81:0c:01:02:02"
#define ANY	":30:06:06:04:55:1d:20:00"
#define OTHER	":30:05:06:03:2a:03:04"
#define DV_CPS	":30:19:06:06:67:81:0c:01:02:01:30:0f:30:0d:06:08:2b:06:01:05:05:07:02:01:16:01:78"
#define NAMES	"DNS:a.test,DNS:*.b.test,IP:192.0.2.1"

/* An extension in the place of the good one (NULL: none), and the rule that it breaks. */
static const struct {
	const char	*what;
	int		 nid;
	const char	*value;
	const char	*rule;
} extensions[] = {
#define RULE	"names (PRO-04)"
	{ "PRO-04: no SAN", NID_subject_alt_name, NULL, RULE },
	{ "PRO-04: a name is missing", NID_subject_alt_name, "critical,DNS:a.test,DNS:*.b.test",
	    RULE },
	{ "PRO-04: another name", NID_subject_alt_name,
	    "critical,DNS:a.test,DNS:*.c.test,IP:192.0.2.1", RULE },
	{ "PRO-04: a name more", NID_subject_alt_name, "critical," NAMES ",DNS:c.test", RULE },
	{ "PRO-04: a name twice", NID_subject_alt_name, "critical," NAMES ",DNS:a.test", RULE },
	{ "PRO-04: the name for the wildcard", NID_subject_alt_name,
	    "critical,DNS:a.test,DNS:b.test,IP:192.0.2.1", RULE },
	{ "PRO-04: a mail address beside", NID_subject_alt_name,
	    "critical," NAMES ",email:me@a.test", RULE },
	{ "PRO-04: a URI beside", NID_subject_alt_name, "critical," NAMES ",URI:http://a.test/",
	    RULE },
	{ "PRO-04: an IP address as dNSName", NID_subject_alt_name,
	    "critical,DNS:a.test,DNS:*.b.test,DNS:192.0.2.1", "the certificate cannot be parsed" },
#undef RULE
#define RULE	"extensions (PRO-13, PRO-19)"
	{ "PRO-04: the SAN is critical beside an empty subject", NID_subject_alt_name, NAMES, RULE },
	{ "PRO-13: subjectKeyIdentifier", NID_subject_key_identifier, "DER:04:02:01:02", RULE },
	{ "PRO-13: nameConstraints", NID_name_constraints, "critical,permitted;DNS:a.test", RULE },
	{ "PRO-15: TLS Feature", NID_tlsfeature, "status_request", RULE },
	{ "an SCT list without logs", NID_ct_precert_scts, "DER:04:02:00:00", RULE },
	{ "the poison of precertificates", NID_ct_precert_poison, "critical,DER:05:00", RULE },
	{ "PRO-10: no keyUsage", NID_key_usage, NULL, RULE },
	{ "PRO-10: keyUsage is critical", NID_key_usage, "digitalSignature", RULE },
	{ "PRO-08: no extKeyUsage", NID_ext_key_usage, NULL, RULE },
	{ "PRO-08: extKeyUsage is not critical", NID_ext_key_usage, "critical,serverAuth", RULE },
	{ "PRO-11: no basicConstraints", NID_basic_constraints, NULL, RULE },
	{ "PRO-11: basicConstraints are critical", NID_basic_constraints, "CA:FALSE", RULE },
	{ "PRO-06: no authorityKeyIdentifier", NID_authority_key_identifier, NULL, RULE },
	{ "PRO-07: no certificatePolicies", NID_certificate_policies, NULL, RULE },
	{ "PRO-07: certificatePolicies are not critical", NID_certificate_policies,
	    "critical,DER:30:0a" DV, RULE },
	{ "PRO-12: no CRL distribution point", NID_crl_distribution_points, NULL, RULE },
	{ "PRO-12: it is not critical", NID_crl_distribution_points,
	    "critical,URI:http://ca.test/crl/first/0.crl", RULE },
	{ "PRO-05: no authorityInfoAccess", NID_info_access, NULL, RULE },
	{ "PRO-05: it is not critical", NID_info_access,
	    "critical,caIssuers;URI:http://ca.test/issuer/first.crt", RULE },
#undef RULE
#define RULE	"authority key identifier (PRO-06)"
	{ "PRO-06: another key's", NID_authority_key_identifier, "DER:30:06:80:04:01:02:03:04",
	    RULE },
	{ "PRO-06: a serial, and no key identifier", NID_authority_key_identifier,
	    "DER:30:03:82:01:05", RULE },
#undef RULE
#define RULE	"key usage (PRO-10)"
	{ "PRO-10: keyEncipherment of an EC key", NID_key_usage,
	    "critical,digitalSignature,keyEncipherment", RULE },
	{ "PRO-10: keyAgreement", NID_key_usage, "critical,digitalSignature,keyAgreement", RULE },
	{ "PRO-10: dataEncipherment alone", NID_key_usage, "critical,dataEncipherment", RULE },
	{ "PRO-10: keyCertSign", NID_key_usage, "critical,digitalSignature,keyCertSign", RULE },
#undef RULE
#define RULE	"extended key usage (PRO-08)"
	{ "PRO-08, PRO-09: clientAuth beside", NID_ext_key_usage, "serverAuth,clientAuth", RULE },
	{ "PRO-08: clientAuth alone", NID_ext_key_usage, "clientAuth", RULE },
	{ "PRO-08: any purpose beside", NID_ext_key_usage, "serverAuth,anyExtendedKeyUsage", RULE },
	{ "PRO-08: codeSigning beside", NID_ext_key_usage, "serverAuth,codeSigning", RULE },
#undef RULE
#define RULE	"basic constraints (PRO-11)"
	{ "PRO-11: a CA", NID_basic_constraints, "critical,CA:TRUE", RULE },
	{ "PRO-11: a path length", NID_basic_constraints, "critical,CA:FALSE,pathlen:0", RULE },
	{ "PRO-11: FALSE is written out", NID_basic_constraints, "critical,DER:30:03:01:01:00",
	    RULE },
#undef RULE
#define RULE	"certificate policies (PRO-07)"
	{ "PRO-07: the policy of OV", NID_certificate_policies, "DER:30:0a" OV, RULE },
	{ "PRO-07: DV and OV", NID_certificate_policies, "DER:30:14" DV OV, RULE },
	{ "PRO-07: anyPolicy beside", NID_certificate_policies, "DER:30:12" DV ANY, RULE },
	{ "PRO-07: another policy first", NID_certificate_policies, "DER:30:11" OTHER DV, RULE },
	{ "PRO-07: a qualifier", NID_certificate_policies, "DER:30:1b" DV_CPS, RULE },
#undef RULE
#define RULE	"CRL distribution point (PRO-12)"
	{ "PRO-12: another shard", NID_crl_distribution_points, "URI:http://ca.test/crl/first/1.crl",
	    RULE },
	{ "PRO-12: https", NID_crl_distribution_points, "URI:https://ca.test/crl/first/0.crl", RULE },
	{ "PRO-12: two points", NID_crl_distribution_points,
	    "URI:http://ca.test/crl/first/0.crl,URI:http://ca.test/crl/first/0.crl", RULE },
#undef RULE
#define RULE	"authority information access (PRO-05)"
	{ "PRO-05: ocsp beside", NID_info_access, "caIssuers;URI:http://ca.test/issuer/first.crt,"
	    "OCSP;URI:http://ca.test/", RULE },
	{ "PRO-05: another URL", NID_info_access, "caIssuers;URI:http://ca.test/issuer/other.crt",
	    RULE },
	{ "PRO-05: the URL twice", NID_info_access, "caIssuers;URI:http://ca.test/issuer/first.crt,"
	    "caIssuers;URI:http://ca.test/issuer/first.crt", RULE },
#undef RULE
};

/* A copy to spoil. */
static X509 *
copy_of(const struct lintcase *c)
{
	X509 *x = X509_dup(c->good);

	if (x == NULL)
		abort();
	return x;
}

/* Sign what was spoiled, see it refused, and be rid of it. */
static void
refused(struct lintcase *c, X509 *x, const char *rule, const char *what)
{
	lintcase_is(c, lintcase_der(c, x, NULL), rule, what);
	X509_free(x);
}

static void
test_extensions(struct lintcase *c)
{
	struct view id = c->ca.facts.ski;
	const char *text = "DER:30:19:80:14";
	X509 *x;
	size_t i;

	for (i = 0; i < NITEMS(extensions); i++) {
		x = copy_of(c);
		lintcase_extension(x, extensions[i].nid, extensions[i].value);
		refused(c, x, extensions[i].rule, extensions[i].what);
	}
	for (i = 0; i < id.n; i++)
		text = arena_printf(c->arena, "%s:%02x", text, (unsigned char)id.p[i]);
	x = copy_of(c);
	lintcase_extension(x, NID_authority_key_identifier,
	    arena_printf(c->arena, "%s:82:01:05", text));
	refused(c, x, "authority key identifier (PRO-06)",
	    "PRO-06: a serial beside the key identifier");
}

static void
test_subject(struct lintcase *c)
{
	static const unsigned char cn[] = "a.test", o[] = "Somebody";
	X509 *x = copy_of(c);

	(void)X509_NAME_add_entry_by_txt(X509_get_subject_name(x), "CN", MBSTRING_UTF8, cn, -1, -1, 0);
	refused(c, x, "subject (PRO-03)", "PRO-03: a CN, though one of the SAN");
	x = copy_of(c);
	(void)X509_NAME_add_entry_by_txt(X509_get_subject_name(x), "O", MBSTRING_UTF8, o, -1, -1, 0);
	refused(c, x, "subject (PRO-03)", "PRO-03: an organization that nobody proved");
	x = copy_of(c);
	(void)X509_NAME_add_entry_by_txt(X509_get_issuer_name(x), "OU", MBSTRING_UTF8, o, -1, -1, 0);
	refused(c, x, "issuer (PRO-02)", "PRO-02: an RDN more than the CA's subject");
	x = copy_of(c);
	(void)X509_set_issuer_name(x, X509_get_issuer_name(c->ca.cert));
	refused(c, x, "issuer (PRO-02)", "PRO-02: the issuer of the CA");
	x = copy_of(c);
	(void)X509_set_version(x, X509_VERSION_2);
	refused(c, x, "version 3 (BR 7.1.1)", "PRO-01: version 2");
	x = copy_of(c);
	(void)X509_set_pubkey(x, c->ca.dummy);
	refused(c, x, "subject public key", "FIN-02: a key that the CSR does not have");
}

/* With the serial of these bytes, in the certificate and as the reserved one. */
static void
serial_refused(struct lintcase *c, const char *bytes, size_t n, const char *rule, const char *what)
{
	struct view kept = c->q.serial;
	X509 *x = copy_of(c);
	BIGNUM *bn = BN_bin2bn((const unsigned char *)bytes, (int)n, NULL);

	(void)BN_to_ASN1_INTEGER(bn, X509_get_serialNumber(x));
	BN_free(bn);
	c->q.serial = view_from(bytes, n);
	refused(c, x, rule, what);
	c->q.serial = kept;
}

static void
test_serial(struct lintcase *c)
{
	X509 *x = copy_of(c);

	(void)ASN1_INTEGER_set(X509_get_serialNumber(x), 4711);
	refused(c, x, "serial (PRO-01)", "PRO-01: not the reserved one");
	serial_refused(c, "\x41\x42\x43\x44\x45\x46\x47\x48\x49\x4a\x4b\x4c\x4d\x4e", 14,
	    "serial (PRO-01)", "PRO-01: 14 octets");
	serial_refused(c, "\x00\xc1\x42\x43\x44\x45\x46\x47\x48\x49\x4a\x4b\x4c\x4d\x4e\x4f", 16,
	    "serial (PRO-01)", "PRO-01: a sign octet before the top bit");
	serial_refused(c, "\x41\x42\x43\x44\x45\x46\x47\x48\x49\x4a\x4b\x4c\x4d\x4e\x4f", 15, NULL,
	    "PRO-01: 15 octets pass");
}

/* From and to in seconds after now, both included; rule NULL: it passes. */
static void
dates(struct lintcase *c, int64_t from, int64_t to, const char *rule, const char *what)
{
	X509 *x = copy_of(c);

	(void)ASN1_TIME_set(X509_getm_notBefore(x), (time_t)(c->q.now + from));
	(void)ASN1_TIME_set(X509_getm_notAfter(x), (time_t)(c->q.now + to));
	refused(c, x, rule, what);
}

static void
test_dates(struct lintcase *c)
{
	static const char rule[] = "validity (SCH-01, SCH-02, SCH-08)";
	const struct signer_profile profile = c->profile;
	const int64_t now = c->q.now, end = c->ca.facts.not_after_at;

	dates(c, 0, profile.lifetime - 1, NULL, "SCH-02: as long as the profile says, both ends counted");
	dates(c, 0, profile.lifetime, rule, "SCH-02: a second longer");
	dates(c, 10, 9, rule, "it ends before it begins");
	dates(c, 1, DAY_S, rule, "SCH-08: it begins a second from now");
	dates(c, -48 * 3600, DAY_S, NULL, "SCH-08: it began 48 hours ago");
	dates(c, -48 * 3600 - 1, DAY_S, rule, "SCH-08: a second earlier");
	c->ca.facts.not_after_at = now + DAY_S;
	dates(c, 0, DAY_S, NULL, "it ends with the CA");
	dates(c, 0, DAY_S + 1, rule, "it ends a second after the CA");
	c->ca.facts.not_after_at = end;
	c->profile.lifetime = (int64_t)398 * DAY_S;
	dates(c, 0, (int64_t)199 * DAY_S - 1, NULL, "SCH-01: 199 days in 2026");
	dates(c, 0, (int64_t)199 * DAY_S, rule, "SCH-01, SCH-02: a second longer");
	c->q.now = 1805068800;		/* 2027-03-15 */
	dates(c, 0, (int64_t)99 * DAY_S - 1, NULL, "SCH-01: 99 days from 2027-03-15 on");
	dates(c, 0, (int64_t)99 * DAY_S, rule, "SCH-01: a second longer");
	c->q.now = 1805068799;
	dates(c, 0, (int64_t)99 * DAY_S, NULL, "SCH-01: a second before that day it passes");
	c->q.now = now;
	c->profile = profile;
}

/* A GeneralizedTime for one of the ends, or a UTCTime that is written badly. */
static void
test_forms(struct lintcase *c)
{
	static const char rule[] = "form of the times (PRO-18)";
	ASN1_TIME *t = ASN1_GENERALIZEDTIME_set(NULL, (time_t)(c->q.now - 3600));
	X509 *x = copy_of(c);

	(void)X509_set1_notBefore(x, t);
	refused(c, x, rule, "PRO-18: notBefore as GeneralizedTime before 2050");
	(void)ASN1_GENERALIZEDTIME_set(t, (time_t)(c->q.now + DAY_S));
	x = copy_of(c);
	(void)X509_set1_notAfter(x, t);
	refused(c, x, rule, "PRO-18: notAfter as GeneralizedTime before 2050");
	ASN1_TIME_free(t);
}

static void
test_algorithms(struct lintcase *c)
{
	static const char rule[] = "signature algorithm (PRO-16)";
	X509 *x = copy_of(c);

	lintcase_is(c, lintcase_der(c, x, EVP_sha384()), rule, "PRO-16: SHA-384 with P-256");
	lintcase_is(c, lintcase_der(c, x, EVP_sha1()), rule, "PRO-17: SHA-1");
	X509_free(x);
}

/* What goes with the kind of the subscriber's key, and with the curve of the CA. */
static void
test_kinds(void)
{
	struct lintcase c;
	X509 *x;

	lintcase_init(&c, CASE_RSA, NOW);
	lintcase_is(&c, lintcase_der(&c, c.good, NULL), NULL, "a good one for an RSA key passes");
	x = copy_of(&c);
	lintcase_extension(x, NID_key_usage, "critical,keyEncipherment");
	refused(&c, x, "key usage (PRO-10)", "PRO-10: an RSA key that may not sign");
	lintcase_release(&c);
	lintcase_init(&c, CASE_P384, NOW);
	lintcase_is(&c, lintcase_der(&c, c.good, NULL), NULL, "a good one of a P-384 CA passes");
	lintcase_is(&c, lintcase_der(&c, c.good, EVP_sha256()), "signature algorithm (PRO-16)",
	    "PRO-16: the curve fixes the hash");
	lintcase_release(&c);
	lintcase_init(&c, 0, INT64_C(2524521600));	/* 2049-12-31 */
	lintcase_is(&c, lintcase_der(&c, c.good, NULL), NULL,
	    "PRO-18: from 2050 on a GeneralizedTime passes");
	lintcase_release(&c);
}

int
main(void)
{
	struct lintcase c;

	lintcase_init(&c, 0, NOW);
	lintcase_is(&c, lintcase_der(&c, c.good, NULL), NULL, "LIN-01: a good one passes");
	test_extensions(&c);
	test_subject(&c);
	test_serial(&c);
	test_dates(&c);
	test_forms(&c);
	test_algorithms(&c);
	lintcase_release(&c);
	test_kinds();
	return tap_done();
}
