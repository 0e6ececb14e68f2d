/* SPDX-License-Identifier: BSD-2-Clause */
/* PKCS#10 requests: form, names, key, and their own signature (RFC 2986). */
#include "crypto/csr.h"

#include <arpa/inet.h>

#include <openssl/err.h>

#include "crypto/bigendian.h"
#include "crypto/der.h"
#include "crypto/pkey.h"
#include "crypto/san.h"
#include "crypto/scoped.h"
#include "crypto/spki.h"

#define VERSION_MAX	2	/* v1 is 0 and all that there is (RFC 2986 s4.1) */
#define CN_MAX		64	/* characters (RFC 5280 appendix A, ub-common-name) */

/* Keep what was said, as a fault of the CSR. */
static int
bad_csr(struct err *err)
{
	if (err->kind != ERR_INTERNAL)
		err->kind = ERR_BAD_CSR;
	return -1;
}

/*
 * The parts of a request as they stand.  They are walked to by hand: OpenSSL's
 * X509_REQ would decode the key a second time, at a quarter of a millisecond.
 */
struct parts {
	struct view	info;		/* what is signed */
	struct view	subject;	/* Name */
	struct view	spki;
	struct view	attributes;	/* content of [0]; empty when it is absent */
	struct view	algorithm;	/* AlgorithmIdentifier */
	struct view	signature;	/* without the octet of unused bits */
};

/* The frame and the version (FIN-02, FIN-03). */
static int
walk(struct view der, struct parts *out, struct err *err)
{
	struct der csr, info, version, subject, key, attributes, alg, signature;

	attributes.content = VIEW_NONE;
	if (der_only(der, DER_SEQUENCE, &csr) != 0 ||
	    der_take(&csr.content, DER_SEQUENCE, &info) != 0 ||
	    der_take(&csr.content, DER_SEQUENCE, &alg) != 0 ||
	    der_take(&csr.content, DER_BIT_STRING, &signature) != 0 ||
	    csr.content.n != 0 || signature.content.n == 0 || signature.content.p[0] != 0 ||
	    der_take(&info.content, DER_INTEGER, &version) != 0 ||
	    der_take(&info.content, DER_SEQUENCE, &subject) != 0 ||
	    der_take(&info.content, DER_SEQUENCE, &key) != 0 ||
	    (info.content.n != 0 &&
	    der_take(&info.content, DER_CONTEXT_CONS(0), &attributes) != 0) ||
	    info.content.n != 0)
		return err_set(err, ERR_BAD_CSR, "The CSR is not a PKCS#10 request in DER");
	/* ruby-acme-client says 2 as if it were a certificate, and nothing rests on it. */
	if (version.content.n != 1 || (unsigned char)version.content.p[0] > VERSION_MAX)
		return err_set(err, ERR_BAD_CSR, "The version of the CSR is not 0");
	*out = (struct parts){ info.whole, subject.whole, key.whole, attributes.content,
	    alg.whole, view_sub(signature.content, 1, signature.content.n) };
	return 0;
}

static const struct {
	int		 nid;
	bool		 rsa;
	const char	*digest;
} algorithms[] = {
	{ NID_sha256WithRSAEncryption,	true,	"SHA256" },
	{ NID_sha384WithRSAEncryption,	true,	"SHA384" },
	{ NID_sha512WithRSAEncryption,	true,	"SHA512" },
	{ NID_ecdsa_with_SHA256,	false,	"SHA256" },
	{ NID_ecdsa_with_SHA384,	false,	"SHA384" },
	{ NID_ecdsa_with_SHA512,	false,	"SHA512" },
};

/* The row of the signature algorithm (FIN-04). */
static int
find_algorithm(struct view der, size_t *row, struct err *err)
{
	const unsigned char *p = (const unsigned char *)der.p;
	SCOPED(X509_ALGOR) alg = d2i_X509_ALGOR(NULL, &p, (long)der.n);
	const ASN1_OBJECT *oid = NULL;

	if (alg != NULL)
		X509_ALGOR_get0(&oid, NULL, NULL, alg);
	for (*row = 0; alg != NULL && *row < NITEMS(algorithms); (*row)++)
		if (OBJ_obj2nid(oid) == algorithms[*row].nid)
			return 0;
	return err_set(err, ERR_BAD_CSR, "The CSR must be signed with ECDSA or RSA "
	    "(PKCS #1 v1.5) and SHA-256, SHA-384 or SHA-512");
}

/* At most one extension request with one value (FIN-10); its Extensions, or nothing. */
static int
find_extensions(struct view attributes, struct view *out, struct err *err)
{
	static const struct view ext_req = { "\x2a\x86\x48\x86\xf7\x0d\x01\x09\x0e", 9 };
	struct der attr, oid, set, value;
	unsigned n = 0;

	*out = VIEW_NONE;
	while (attributes.n != 0) {
		if (der_take(&attributes, DER_SEQUENCE, &attr) != 0 ||
		    der_take(&attr.content, DER_OID, &oid) != 0 ||
		    der_take(&attr.content, DER_SET, &set) != 0)
			return err_set(err, ERR_BAD_CSR, "The attributes of the CSR cannot be read");
		if (!view_eq(oid.content, ext_req))
			continue;
		if (++n > 1 || set.content.n == 0 || der_next(&set.content, &value) != 0 ||
		    set.content.n != 0)
			return err_set(err, ERR_BAD_CSR,
			    "The CSR must have one extension request with one value");
		if (value.tag != DER_SEQUENCE)
			return err_set(err, ERR_BAD_CSR,
			    "The extension request of the CSR cannot be read");
		*out = value.whole;
	}
	return 0;
}

static int
get_extensions(struct view attributes, X509_EXTENSIONS **out, struct err *err)
{
	const unsigned char *p;
	struct view der;

	*out = NULL;
	if (find_extensions(attributes, &der, err) != 0)
		return -1;
	p = (const unsigned char *)der.p;
	if (der.n != 0 && (*out = d2i_X509_EXTENSIONS(NULL, &p, (long)der.n)) == NULL)
		return err_set(err, ERR_BAD_CSR,
		    "The extension request of the CSR cannot be read");
	return 0;
}

/* Other extensions are left out; who asks for these must not think to have them (FIN-09). */
static int
check_wishes(const X509_EXTENSIONS *exts, struct err *err)
{
	SCOPED(BASIC_CONSTRAINTS) constraints = NULL;
	int critical;

	if (X509v3_get_ext_by_NID(exts, NID_tlsfeature, -1) >= 0)
		return err_set(err, ERR_BAD_CSR,
		    "The CSR asks for the TLS Feature extension (must-staple), "
		    "which is not offered");
	constraints = X509V3_get_d2i(exts, NID_basic_constraints, &critical, NULL);
	/* -1: there are none. */
	if (constraints != NULL ? constraints->ca != 0 : critical != -1)
		return err_set(err, ERR_BAD_CSR, "The CSR asks for the certificate of a CA");
	return 0;
}

static int
get_san(struct arena *a, const X509_EXTENSIONS *exts, struct san *out, struct err *err)
{
	const ASN1_OCTET_STRING *value;
	int at;

	*out = (struct san){ 0 };
	if ((at = X509v3_get_ext_by_NID(exts, NID_subject_alt_name, -1)) < 0)
		return 0;
	if (X509v3_get_ext_by_NID(exts, NID_subject_alt_name, at) >= 0)
		return err_set(err, ERR_BAD_CSR, "The CSR has two subjectAltName extensions");
	value = X509_EXTENSION_get_data(X509v3_get_ext(exts, at));
	if (san_parse(a, view_from(ASN1_STRING_get0_data(value),
	    (size_t)ASN1_STRING_length(value)), out, err) != 0)
		return bad_csr(err);
	if (out->nothers != 0)
		return err_set(err, ERR_BAD_CSR, "The subjectAltName of the CSR holds names "
		    "other than dNSName and iPAddress");
	return 0;
}

/* The text of a CN in UTF-8, in the arena; empty when it cannot be read. */
static struct view
cn_text(struct arena *a, const X509_NAME_ENTRY *entry)
{
	unsigned char *utf8 = NULL;
	struct view text;
	int n = ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(entry));

	if (n < 0)
		return VIEW_NONE;
	text = arena_view(a, view_from(utf8, (size_t)n));
	OPENSSL_free(utf8);
	return text;
}

static size_t
characters(struct view utf8)
{
	size_t i, n = 0;

	for (i = 0; i < utf8.n; i++)
		n += ((unsigned char)utf8.p[i] & 0xc0) != 0x80;
	return n;
}

/* Such a CN is no name that could be ignored (FIN-07). */
static bool
is_address(struct view text)
{
	unsigned char address[sizeof(struct in6_addr)];
	char copy[INET6_ADDRSTRLEN];

	return view_copy(text, copy, sizeof(copy)) == 0 &&
	    (inet_pton(AF_INET, copy, address) == 1 ||
	    inet_pton(AF_INET6, copy, address) == 1);
}

/* 1 and *out, 0 when the CN is to be ignored, -1. */
static int
parse_cn(struct arena *a, struct view cn, bool has_san, struct ident *out, struct err *err)
{
	if (characters(cn) > CN_MAX)
		return 0;
	if (is_address(cn))
		return err_set(err, ERR_BAD_CSR,
		    "The IP address %.*s stands in the common name of the CSR", VIEW_ARG(cn));
	if (san_parse_dns(a, cn, out, err) == 0)
		return 1;
	return has_san ? 0 : bad_csr(err);
}

/* The union of SAN and CN (FIN-05, FIN-06), sorted. */
static int
get_names(struct arena *a, const X509_NAME *subject, const struct san *san,
    struct csr *out, struct err *err)
{
	size_t max = san->nidents + (size_t)X509_NAME_entry_count(subject);
	size_t n = san->nidents;
	struct view cn;
	int at = -1, rc;

	out->idents = arena_array(a, max, sizeof(*out->idents));
	if (n != 0)
		memcpy(out->idents, san->idents, n * sizeof(*out->idents));
	while ((at = X509_NAME_get_index_by_NID(subject, NID_commonName, at)) >= 0) {
		cn = cn_text(a, X509_NAME_get_entry(subject, at));
		if ((rc = parse_cn(a, cn, san->nidents != 0, &out->idents[n], err)) < 0)
			return -1;
		n += (size_t)rc;
	}
	if (n == 0)
		return err_set(err, ERR_BAD_CSR, "The CSR holds no name");
	out->nidents = ident_uniq(out->idents, n);
	return 0;
}

static int
read_names(struct arena *a, const struct parts *parts, struct csr *out, struct err *err)
{
	const unsigned char *p = (const unsigned char *)parts->subject.p;
	SCOPED(X509_NAME) subject = d2i_X509_NAME(NULL, &p, (long)parts->subject.n);
	SCOPED(X509_EXTENSIONS) exts = NULL;
	struct san san;

	if (subject == NULL)
		return err_set(err, ERR_BAD_CSR, "The subject of the CSR cannot be read");
	if (get_extensions(parts->attributes, &exts, err) != 0 || check_wishes(exts, err) != 0 ||
	    get_san(a, exts, &san, err) != 0)
		return -1;
	return get_names(a, subject, &san, out, err);
}

static bool
verifies(const struct parts *parts, const struct key *key, const char *digest)
{
	SCOPED(EVP_MD_CTX) ctx = EVP_MD_CTX_new();

	return ctx != NULL &&
	    EVP_DigestVerifyInit_ex(ctx, NULL, digest, NULL, NULL, key->pkey, NULL) == 1 &&
	    EVP_DigestVerify(ctx, (const unsigned char *)parts->signature.p,
	    parts->signature.n, (const unsigned char *)parts->info.p, parts->info.n) == 1;
}

/* PRO-20, PRO-21, and possession of the private key (FIN-03). */
static int
read_key(const struct parts *parts, struct csr *out, struct err *err)
{
	struct key *key;
	struct jwk jwk;
	size_t row;
	bool good;

	if (find_algorithm(parts->algorithm, &row, err) != 0)
		return -1;
	if (spki_parse(out->spki, &jwk, err) != 0)
		return bad_csr(err);
	if (jwk.type == JWK_ED25519)
		return err_set(err, ERR_BAD_CSR,
		    "Ed25519 keys cannot be certified; use RSA, P-256, P-384 or P-521");
	if (key_from_jwk(&jwk, &key, err) != 0)
		return bad_csr(err);
	out->key_type = jwk.type;
	out->key_bits = key_bits(key);
	out->rsa_n = jwk.n;
	out->rsa_e = get_be((const uint8_t *)jwk.e.p, jwk.e.n);
	sha256(out->spki, out->spki_sha256);
	good = algorithms[row].rsa == (jwk.type == JWK_RSA) &&
	    verifies(parts, key, algorithms[row].digest);
	key_free(key);
	if (!good)
		return err_set(err, ERR_BAD_CSR, "The signature of the CSR is not made "
		    "with its own key");
	return 0;
}

int
csr_parse(struct arena *a, struct view der, struct csr *out, struct err *err)
{
	struct parts parts = { .info = VIEW_NONE };

	*out = (struct csr){ 0 };
	if (der.n > CSR_DER_MAX)
		return err_set(err, ERR_BAD_CSR, "The CSR is longer than %d bytes", CSR_DER_MAX);
	if (walk(der, &parts, err) != 0)
		return -1;
	out->spki = arena_view(a, parts.spki);
	if (read_names(a, &parts, out, err) != 0 || read_key(&parts, out, err) != 0) {
		ERR_clear_error();
		return -1;
	}
	return 0;
}
