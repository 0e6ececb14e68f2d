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

#define CN_MAX	64	/* characters (RFC 5280 appendix A, ub-common-name) */

/* Keep what was said, as a fault of the CSR. */
static int
bad_csr(struct err *err)
{
	if (err->kind != ERR_INTERNAL)
		err->kind = ERR_BAD_CSR;
	return -1;
}

/* Walk to the key, checking the frame and the version (FIN-02, FIN-03). */
static int
check_frame(struct view der, struct view *spki, struct err *err)
{
	struct der csr, info, version, subject, key, alg, signature;

	if (der_only(der, DER_SEQUENCE, &csr) != 0 ||
	    der_take(&csr.content, DER_SEQUENCE, &info) != 0 ||
	    der_take(&csr.content, DER_SEQUENCE, &alg) != 0 ||
	    der_take(&csr.content, DER_BIT_STRING, &signature) != 0 ||
	    csr.content.n != 0 ||
	    der_take(&info.content, DER_INTEGER, &version) != 0 ||
	    der_take(&info.content, DER_SEQUENCE, &subject) != 0 ||
	    der_take(&info.content, DER_SEQUENCE, &key) != 0)
		return err_set(err, ERR_BAD_CSR, "The CSR is not a PKCS#10 request in DER");
	if (!view_eq(version.content, VIEW("\0")))
		return err_set(err, ERR_BAD_CSR, "The version of the CSR is not 0");
	*spki = key.whole;
	return 0;
}

static int
check_signature_algorithm(const X509_REQ *req, struct err *err)
{
	static const int allowed[] = {
		NID_sha256WithRSAEncryption, NID_sha384WithRSAEncryption,
		NID_sha512WithRSAEncryption,
		NID_ecdsa_with_SHA256, NID_ecdsa_with_SHA384, NID_ecdsa_with_SHA512,
	};
	size_t i;

	for (i = 0; i < NITEMS(allowed); i++)
		if (X509_REQ_get_signature_nid(req) == allowed[i])
			return 0;
	return err_set(err, ERR_BAD_CSR, "The CSR must be signed with ECDSA or RSA "
	    "(PKCS #1 v1.5) and SHA-256, SHA-384 or SHA-512");
}

/* At most one extension request with one value (FIN-10); NULL when there is none. */
static int
get_extensions(X509_REQ *req, X509_EXTENSIONS **out, struct err *err)
{
	int at = X509_REQ_get_attr_by_NID(req, NID_ext_req, -1);
	X509_ATTRIBUTE *attr;
	const ASN1_STRING *value;
	const unsigned char *p;

	*out = NULL;
	if (at < 0)
		return 0;
	attr = X509_REQ_get_attr(req, at);
	if (X509_REQ_get_attr_by_NID(req, NID_ext_req, at) >= 0 ||
	    X509_ATTRIBUTE_count(attr) != 1)
		return err_set(err, ERR_BAD_CSR, "The CSR has more than one extension request");
	value = X509_ATTRIBUTE_get0_data(attr, 0, V_ASN1_SEQUENCE, NULL);
	if (value != NULL) {
		p = ASN1_STRING_get0_data(value);
		*out = d2i_X509_EXTENSIONS(NULL, &p, ASN1_STRING_length(value));
	}
	if (*out != NULL)
		return 0;
	return err_set(err, ERR_BAD_CSR, "The extension request of the CSR cannot be read");
}

static int
get_san(struct arena *a, const X509_EXTENSIONS *exts, struct san *out, struct err *err)
{
	const ASN1_OCTET_STRING *value;
	int at;

	*out = (struct san){ 0 };
	if (X509v3_get_ext_by_NID(exts, NID_tlsfeature, -1) >= 0)
		return err_set(err, ERR_BAD_CSR,
		    "The CSR asks for the TLS Feature extension (must-staple), "
		    "which is not offered");
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
read_names(struct arena *a, X509_REQ *req, struct csr *out, struct err *err)
{
	SCOPED(X509_EXTENSIONS) exts = NULL;
	struct san san;

	if (get_extensions(req, &exts, err) != 0 || get_san(a, exts, &san, err) != 0)
		return -1;
	return get_names(a, X509_REQ_get_subject_name(req), &san, out, err);
}

/* PRO-20, PRO-21, and possession of the private key (FIN-03). */
static int
read_key(X509_REQ *req, struct csr *out, struct err *err)
{
	struct key *key;
	struct jwk jwk;
	int verified;

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
	verified = X509_REQ_verify(req, key->pkey);
	key_free(key);
	if (verified != 1)
		return err_set(err, ERR_BAD_CSR, "The signature of the CSR is not made "
		    "with its own key");
	return 0;
}

static int
parse(struct arena *a, struct view der, struct csr *out, struct err *err)
{
	const unsigned char *p = (const unsigned char *)der.p;
	SCOPED(X509_REQ) req = NULL;
	struct view spki;

	if (check_frame(der, &spki, err) != 0)
		return -1;
	if ((req = d2i_X509_REQ(NULL, &p, (long)der.n)) == NULL)
		return err_set(err, ERR_BAD_CSR, "The CSR is not a PKCS#10 request in DER");
	out->spki = arena_view(a, spki);
	if (check_signature_algorithm(req, err) != 0 || read_names(a, req, out, err) != 0)
		return -1;
	return read_key(req, out, err);
}

int
csr_parse(struct arena *a, struct view der, struct csr *out, struct err *err)
{
	*out = (struct csr){ 0 };
	if (der.n > CSR_DER_MAX)
		return err_set(err, ERR_BAD_CSR, "The CSR is longer than %d bytes", CSR_DER_MAX);
	if (parse(a, der, out, err) != 0) {
		ERR_clear_error();
		return -1;
	}
	return 0;
}
