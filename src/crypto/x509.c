/* SPDX-License-Identifier: BSD-2-Clause */
/* Reading certificates (RFC 5280). */
#include "crypto/x509.h"

#include <openssl/err.h>

#include "crypto/der.h"
#include "crypto/ossl.h"
#include "crypto/san.h"
#include "crypto/scoped.h"

/* NULL when it is not a certificate, or more than one. */
static X509 *
decode(struct view der)
{
	const unsigned char *p = (const unsigned char *)der.p;
	X509 *x = NULL;
	struct der whole;

	if (der_only(der, DER_SEQUENCE, &whole) == 0)
		x = d2i_X509(NULL, &p, (long)der.n);
	if (x == NULL)
		ERR_clear_error();
	return x;
}

/* What is wanted as bytes is taken from the bytes. */
static int
read_bytes(struct view der, struct cert_facts *out)
{
	struct der cert, tbs, version, serial, alg, issuer, validity, subject, spki;

	if (der_only(der, DER_SEQUENCE, &cert) != 0 ||
	    der_take(&cert.content, DER_SEQUENCE, &tbs) != 0)
		return -1;
	/* Version 1 is the default and not written. */
	if (tbs.content.n != 0 && (uint8_t)tbs.content.p[0] == DER_CONTEXT_CONS(0) &&
	    der_next(&tbs.content, &version) != 0)
		return -1;
	if (der_take(&tbs.content, DER_INTEGER, &serial) != 0 ||
	    der_take(&tbs.content, DER_SEQUENCE, &alg) != 0 ||
	    der_take(&tbs.content, DER_SEQUENCE, &issuer) != 0 ||
	    der_take(&tbs.content, DER_SEQUENCE, &validity) != 0 ||
	    der_take(&tbs.content, DER_SEQUENCE, &subject) != 0 ||
	    der_take(&tbs.content, DER_SEQUENCE, &spki) != 0)
		return -1;
	if (serial.content.n == 0 || serial.content.n > SERIAL_MAX ||
	    (unsigned char)serial.content.p[0] >= 0x80)
		return -1;
	out->serial = serial.content;
	out->issuer = issuer.whole;
	out->subject = subject.whole;
	out->spki = spki.whole;
	return 0;
}

int
x509_time(const ASN1_TIME *t, int64_t *at)
{
	struct tm tm;

	if (ASN1_TIME_to_tm(t, &tm) != 1)
		return -1;
	*at = timegm(&tm);
	return 0;
}

/* 0 for one that was read or is absent, -1 for one that is broken or there twice. */
static int
ext_ok(const void *ext, int crit)
{
	return ext != NULL || crit == -1 ? 0 : -1;
}

static struct view
octets(struct arena *a, const ASN1_OCTET_STRING *s)
{
	if (s == NULL)
		return VIEW_NONE;
	return arena_view(a, view_from(ASN1_STRING_get0_data(s),
	    (size_t)ASN1_STRING_length(s)));
}

/* Where the issuer's certificate is. */
static struct view
issuer_url(struct arena *a, const AUTHORITY_INFO_ACCESS *aia)
{
	const ACCESS_DESCRIPTION *d;
	int i;

	for (i = 0; i < sk_ACCESS_DESCRIPTION_num(aia); i++) {
		d = sk_ACCESS_DESCRIPTION_value(aia, i);
		if (OBJ_obj2nid(d->method) == NID_ad_ca_issuers &&
		    d->location->type == GEN_URI)
			return octets(a, d->location->d.uniformResourceIdentifier);
	}
	return VIEW_NONE;
}

static int
read_extensions(struct arena *a, const X509 *x, struct cert_facts *out)
{
	int crit = 0;
	SCOPED(BASIC_CONSTRAINTS) bc = NULL;
	SCOPED(ASN1_OCTET_STRING) ski = NULL;
	SCOPED(AUTHORITY_KEYID) aki = NULL;
	SCOPED(AUTHORITY_INFO_ACCESS) aia = NULL;

	bc = X509_get_ext_d2i(x, NID_basic_constraints, &crit, NULL);
	if (ext_ok(bc, crit) != 0)
		return -1;
	ski = X509_get_ext_d2i(x, NID_subject_key_identifier, &crit, NULL);
	if (ext_ok(ski, crit) != 0)
		return -1;
	aki = X509_get_ext_d2i(x, NID_authority_key_identifier, &crit, NULL);
	if (ext_ok(aki, crit) != 0)
		return -1;
	aia = X509_get_ext_d2i(x, NID_info_access, &crit, NULL);
	if (ext_ok(aia, crit) != 0)
		return -1;
	out->is_ca = bc != NULL && bc->ca != 0;
	out->ski = octets(a, ski);
	out->aki = octets(a, aki != NULL ? aki->keyid : NULL);
	out->issuer_url = issuer_url(a, aia);
	return 0;
}

static int
read_names(struct arena *a, const X509 *x, struct cert_facts *out, struct err *err)
{
	int at = X509_get_ext_by_NID(x, NID_subject_alt_name, -1);
	const ASN1_OCTET_STRING *value;
	struct san san;

	if (at < 0)
		return 0;
	if (X509_get_ext_by_NID(x, NID_subject_alt_name, at) >= 0)
		return err_set(err, ERR_MALFORMED,
		    "The certificate has two subjectAltName extensions");
	value = X509_EXTENSION_get_data(X509_get_ext(x, at));
	if (san_parse(a, octets(a, value), &san, err) != 0)
		return -1;
	out->idents = san.idents;
	out->nidents = san.nidents;
	return 0;
}

static int
read_all(struct arena *a, const X509 *x, struct view der, struct cert_facts *out,
    struct err *err)
{
	*out = (struct cert_facts){ 0 };
	if (x == NULL || read_bytes(arena_view(a, der), out) != 0 ||
	    x509_time(X509_get0_notBefore(x), &out->not_before_at) != 0 ||
	    x509_time(X509_get0_notAfter(x), &out->not_after_at) != 0 ||
	    read_extensions(a, x, out) != 0) {
		ERR_clear_error();
		return err_set(err, ERR_MALFORMED, "The certificate cannot be read");
	}
	return read_names(a, x, out, err);
}

int
x509_read(struct arena *a, struct view der, struct cert_facts *out, struct err *err)
{
	SCOPED(X509) x = decode(der);

	return read_all(a, x, der, out, err);
}

int
x509_open(struct arena *a, struct view der, struct cert_facts *out, X509 **x,
    struct err *err)
{
	*x = decode(der);
	if (read_all(a, *x, der, out, err) == 0)
		return 0;
	X509_free(*x);
	*x = NULL;
	return -1;
}

struct view
x509_name_text(struct arena *a, struct view name)
{
	const unsigned long flags = (XN_FLAG_RFC2253 & ~XN_FLAG_SEP_MASK &
	    ~(unsigned long)ASN1_STRFLGS_ESC_MSB) | XN_FLAG_SEP_CPLUS_SPC;
	const unsigned char *p = (const unsigned char *)name.p;
	SCOPED(X509_NAME) x = d2i_X509_NAME(NULL, &p, (long)name.n);
	SCOPED(BIO) bio = BIO_new(BIO_s_mem());
	char *text;
	long n;

	if (x == NULL || bio == NULL || X509_NAME_print_ex(bio, x, 0, flags) < 0 ||
	    (n = BIO_get_mem_data(bio, &text)) < 0) {
		ERR_clear_error();
		return VIEW_NONE;
	}
	return arena_view(a, view_from(text, (size_t)n));
}

bool
x509_signed_by(struct view der, struct view issuer)
{
	SCOPED(X509) x = decode(der);
	SCOPED(X509) ca = decode(issuer);
	EVP_PKEY *pkey;
	bool ok;

	ok = x != NULL && ca != NULL &&
	    X509_NAME_cmp(X509_get_issuer_name(x), X509_get_subject_name(ca)) == 0 &&
	    (pkey = X509_get0_pubkey(ca)) != NULL && X509_verify(x, pkey) == 1;
	ERR_clear_error();
	return ok;
}
