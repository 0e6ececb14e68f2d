/* SPDX-License-Identifier: BSD-2-Clause */
/* Building certificates with OpenSSL, extension by extension. */
#include "signer/tbs.h"

#include <arpa/inet.h>

#include "base/random.h"
#include "crypto/extension.h"
#include "crypto/scoped.h"
#include "policy/schedule.h"
#include "signer/assemble.h"


void
tbs_new_serial(uint8_t out[SERIAL_BYTES])
{
	random_bytes(out, SERIAL_BYTES);
	out[0] = (uint8_t)((out[0] & 0x3f) | 0x40);
}

static int
set_serial(X509 *x, const uint8_t serial[SERIAL_BYTES])
{
	SCOPED(BIGNUM) bn = BN_bin2bn(serial, SERIAL_BYTES, NULL);

	return bn != NULL && BN_to_ASN1_INTEGER(bn, X509_get_serialNumber(x)) != NULL;
}

static int
set_dates(X509 *x, const struct tbs_ask *q)
{
	int64_t lifetime = q->profile->lifetime, max = schedule_lifetime_max(q->now);
	int64_t from = q->proven->not_before_at, to = q->proven->not_after_at;

	if (lifetime > max)
		lifetime = max;
	/* What was asked for is given, or lint refuses it (ORD-06). */
	if (from == 0)
		from = q->now - q->profile->backdate;
	/* Both ends are part of the validity (SCH-02). */
	if (to == 0)
		to = from + lifetime - 1;
	return ASN1_TIME_set(X509_getm_notBefore(x), (time_t)from) != NULL &&
	    ASN1_TIME_set(X509_getm_notAfter(x), (time_t)to) != NULL;
}

/* The CSR's SubjectPublicKeyInfo as it is: decoding it to a key would cost more than signing. */
static int
set_key(X509 *x, struct view spki)
{
	const unsigned char *p = (const unsigned char *)spki.p;
	const unsigned char *end = p + spki.n;
	SCOPED(X509_ALGOR) alg = NULL;
	const ASN1_OBJECT *oid;
	unsigned char *bits;
	const void *param;
	int type, tag, class;
	void *copy = NULL;
	long n;

	if ((ASN1_get_object(&p, &n, &tag, &class, end - p) & 0x80) != 0 ||
	    tag != V_ASN1_SEQUENCE || (alg = d2i_X509_ALGOR(NULL, &p, end - p)) == NULL ||
	    (ASN1_get_object(&p, &n, &tag, &class, end - p) & 0x80) != 0 ||
	    tag != V_ASN1_BIT_STRING || n < 2 || p[0] != 0)
		return 0;
	X509_ALGOR_get0(&oid, &type, &param, alg);
	if (type == V_ASN1_OBJECT && (copy = OBJ_dup(param)) == NULL)
		return 0;
	if ((bits = OPENSSL_memdup(p + 1, (size_t)n - 1)) == NULL ||
	    X509_PUBKEY_set0_param(X509_get_X509_PUBKEY(x), OBJ_dup(oid), type, copy,
	    bits, (int)n - 1) != 1) {
		OPENSSL_free(bits);
		ASN1_OBJECT_free(copy);
		return 0;
	}
	return 1;
}

static int
add_aki(X509 *x, struct view ski)
{
	SCOPED(AUTHORITY_KEYID) aki = AUTHORITY_KEYID_new();

	return aki != NULL && (aki->keyid = ASN1_OCTET_STRING_new()) != NULL &&
	    ASN1_OCTET_STRING_set(aki->keyid, (const unsigned char *)ski.p,
	    (int)ski.n) == 1 &&
	    X509_add1_ext_i2d(x, NID_authority_key_identifier, aki, 0, 0) == 1;
}

static GENERAL_NAME *
dns_name(struct arena *a, const struct ident *id)
{
	struct view text = ident_text(a, id);
	GENERAL_NAME *gn = GENERAL_NAME_new();
	ASN1_IA5STRING *s = ASN1_IA5STRING_new();

	if (gn == NULL || s == NULL || ASN1_STRING_set(s, text.p, (int)text.n) != 1) {
		GENERAL_NAME_free(gn);
		ASN1_IA5STRING_free(s);
		return NULL;
	}
	GENERAL_NAME_set0_value(gn, GEN_DNS, s);
	return gn;
}

static GENERAL_NAME *
ip_name(struct arena *a, const struct ident *id)
{
	const char *text = arena_str(a, id->value);
	unsigned char raw[16];
	bool v4 = inet_pton(AF_INET, text, raw) == 1;
	GENERAL_NAME *gn = GENERAL_NAME_new();
	ASN1_OCTET_STRING *s = ASN1_OCTET_STRING_new();

	if (gn == NULL || s == NULL || (!v4 && inet_pton(AF_INET6, text, raw) != 1) ||
	    ASN1_OCTET_STRING_set(s, raw, v4 ? 4 : 16) != 1) {
		GENERAL_NAME_free(gn);
		ASN1_OCTET_STRING_free(s);
		return NULL;
	}
	GENERAL_NAME_set0_value(gn, GEN_IPADD, s);
	return gn;
}

/* Critical, because the subject is empty (PRO-04). */
static int
add_san(X509 *x, struct arena *a, const struct proven *p)
{
	SCOPED(GENERAL_NAMES) names = GENERAL_NAMES_new();
	GENERAL_NAME *gn;
	size_t i;

	for (i = 0; names != NULL && i < p->nidents; i++) {
		gn = p->idents[i].type == IDENT_IP ? ip_name(a, &p->idents[i]) :
		    dns_name(a, &p->idents[i]);
		if (gn == NULL || sk_GENERAL_NAME_push(names, gn) == 0) {
			GENERAL_NAME_free(gn);
			return 0;
		}
	}
	return names != NULL &&
	    X509_add1_ext_i2d(x, NID_subject_alt_name, names, 1, 0) == 1;
}

static int
add_extensions(X509 *x, struct arena *a, const struct tbs_ask *q)
{
	const char *usage = q->proven->csr.key_type == JWK_RSA ?
	    "critical,digitalSignature,keyEncipherment" : "critical,digitalSignature";

	return extension_add_text(x, NULL, NID_key_usage, usage) &&
	    extension_add_text(x, NULL, NID_ext_key_usage, "serverAuth") &&
	    extension_add_text(x, NULL, NID_basic_constraints, "critical,CA:FALSE") &&
	    add_aki(x, q->ca->facts.ski) &&
	    extension_add_text(x, NULL, NID_info_access, arena_printf(a, "caIssuers;URI:%.*s",
	    VIEW_ARG(q->ca->issuer_url))) &&
	    add_san(x, a, q->proven) &&
	    extension_add_policy(x, "2.23.140.1.2.1") &&
	    extension_add_text(x, NULL, NID_crl_distribution_points, arena_printf(a, "URI:%.*s",
	    VIEW_ARG(q->ca->crl_url)));
}

/* A library's encoding, moved to the arena. */
static struct view
take_der(struct arena *a, unsigned char *der, int n)
{
	struct view v = VIEW_NONE;

	if (n > 0)
		v = arena_view(a, view_from(der, (size_t)n));
	OPENSSL_free(der);
	return v;
}

int
tbs_build(struct arena *a, const struct tbs_ask *q, struct view *tbs,
    struct view *lint_copy, struct err *err)
{
	SCOPED(X509) x = X509_new();
	unsigned char *der = NULL;
	int n;

	if (x == NULL || X509_set_version(x, X509_VERSION_3) != 1 ||
	    !set_serial(x, q->serial) ||
	    X509_set_issuer_name(x, X509_get_subject_name(q->ca->cert)) != 1 ||
	    !set_dates(x, q) || !set_key(x, q->proven->csr.spki) ||
	    !add_extensions(x, a, q) ||
	    X509_sign(x, q->ca->dummy, q->ca->backend->digest) == 0)
		return err_internal(err, "a certificate could not be built");
	n = i2d_re_X509_tbs(x, &der);
	*tbs = take_der(a, der, n);
	der = NULL;
	n = i2d_X509(x, &der);
	*lint_copy = take_der(a, der, n);
	if (tbs->n == 0 || lint_copy->n == 0)
		return err_internal(err, "a certificate could not be encoded");
	return 0;
}

/* The AlgorithmIdentifier that a CA's signatures carry, as in PRO-16. */
static struct view
algorithm_of(const struct ca *ca)
{
	static const struct {
		int		nid;
		struct view	der;
	} rows[] = {
		{ NID_sha256, { "\x30\x0a\x06\x08\x2a\x86\x48\xce\x3d\x04\x03\x02", 12 } },
		{ NID_sha384, { "\x30\x0a\x06\x08\x2a\x86\x48\xce\x3d\x04\x03\x03", 12 } },
		{ NID_sha512, { "\x30\x0a\x06\x08\x2a\x86\x48\xce\x3d\x04\x03\x04", 12 } },
	};
	static const struct view rsa = {
	    "\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0b\x05\x00", 15 };
	size_t i = 0;

	if (EVP_PKEY_is_a(ca->backend->public_key, "RSA"))
		return rsa;
	while (rows[i].nid != EVP_MD_get_type(ca->backend->digest))
		i++;
	return rows[i].der;
}

int
tbs_lint_copy(struct arena *a, const struct ca *ca, struct view tbs,
    struct view *lint_copy, struct err *err)
{
	SCOPED(EVP_MD_CTX) ctx = EVP_MD_CTX_new();
	unsigned char sig[1024];
	size_t n = sizeof(sig);

	if (ctx == NULL ||
	    EVP_DigestSignInit(ctx, NULL, ca->backend->digest, NULL, ca->dummy) != 1 ||
	    EVP_DigestSign(ctx, sig, &n, (const unsigned char *)tbs.p, tbs.n) != 1)
		return err_internal(err, "a lint copy could not be signed");
	*lint_copy = assemble(a, tbs, algorithm_of(ca), view_from(sig, n));
	return 0;
}

/* What was signed is checked: a fault in a key store must not leave this process. */
static int
check_signature(const struct ca *ca, struct view tbs, struct view signature,
    struct err *err)
{
	SCOPED(EVP_MD_CTX) ctx = EVP_MD_CTX_new();

	if (ctx == NULL || EVP_DigestVerifyInit(ctx, NULL, ca->backend->digest, NULL,
	    ca->backend->public_key) != 1 ||
	    EVP_DigestVerify(ctx, (const unsigned char *)signature.p, signature.n,
	    (const unsigned char *)tbs.p, tbs.n) != 1)
		return err_internal(err, "the signature of a new certificate does not verify");
	return 0;
}

int
tbs_sign(struct arena *a, const struct ca *ca, struct view tbs, struct view *der,
    struct err *err)
{
	struct view signature;

	if (ca->backend->ops->sign(ca->backend, a, tbs, &signature, err) != 0 ||
	    check_signature(ca, tbs, signature, err) != 0)
		return -1;
	*der = assemble(a, tbs, algorithm_of(ca), signature);
	return 0;
}
