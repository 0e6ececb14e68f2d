/* SPDX-License-Identifier: BSD-2-Clause */
/* Looking at a tls-alpn-01 certificate. */
#include "crypto/alpncert.h"

#include <arpa/inet.h>
#include <openssl/err.h>

#include "crypto/der.h"
#include "crypto/scoped.h"

#define EXTENSIONS_MAX	64
#define TAG_DNS_NAME	DER_CONTEXT(2)
#define TAG_IP_ADDRESS	DER_CONTEXT(7)

/* 1.3.6.1.5.5.7.1.31, id-pe-acmeIdentifier: the content octets. */
#define ACME_IDENTIFIER	VIEW("\x2b\x06\x01\x05\x05\x07\x01\x1f")
#define SUBJECT_ALT_NAME	VIEW("\x55\x1d\x11")

static int
refuse(struct err *err, const char *why)
{
	ERR_clear_error();
	return err_set(err, ERR_UNAUTHORIZED, "The certificate shown for acme-tls/1 %s", why);
}

static struct view
oid_of(X509_EXTENSION *e)
{
	const ASN1_OBJECT *o = X509_EXTENSION_get_object(e);

	return view_from(OBJ_get0_data(o), OBJ_length(o));
}

static struct view
value_of(X509_EXTENSION *e)
{
	const ASN1_OCTET_STRING *v = X509_EXTENSION_get_data(e);

	return view_from(ASN1_STRING_get0_data(v), (size_t)ASN1_STRING_length(v));
}

/* The only extension of that type; NULL when there is none. */
static X509_EXTENSION *
find(const X509 *x, struct view oid)
{
	int i;

	for (i = 0; i < X509_get_ext_count(x); i++)
		if (view_eq(oid_of(X509_get_ext(x, i)), oid))
			return X509_get_ext(x, i);
	return NULL;
}

static int
check_extensions(const X509 *x, struct err *err)
{
	int i, k, n = X509_get_ext_count(x);

	if (n > EXTENSIONS_MAX)
		return refuse(err, "has too many extensions");
	for (i = 0; i < n; i++)
		for (k = 0; k < i; k++)
			if (view_eq(oid_of(X509_get_ext(x, i)), oid_of(X509_get_ext(x, k))))
				return refuse(err, "has an extension twice");
	return 0;
}

static int
check_self_signed(X509 *x, struct err *err)
{
	if (X509_NAME_cmp(X509_get_subject_name(x), X509_get_issuer_name(x)) != 0 ||
	    X509_verify(x, X509_get0_pubkey(x)) != 1)
		return refuse(err, "is not self-signed");
	return 0;
}

static bool
is_ident(const struct der *name, const struct ident *id)
{
	char text[INET6_ADDRSTRLEN];

	if (id->type == IDENT_DNS)
		return name->tag == TAG_DNS_NAME && view_ieq(name->content, id->value);
	if (name->tag != TAG_IP_ADDRESS || (name->content.n != 4 && name->content.n != 16) ||
	    inet_ntop(name->content.n == 4 ? AF_INET : AF_INET6, name->content.p, text,
	    sizeof(text)) == NULL)
		return false;
	return view_is(id->value, text);
}

static int
check_name(const X509 *x, const struct ident *id, struct err *err)
{
	X509_EXTENSION *e = find(x, SUBJECT_ALT_NAME);
	struct der names, name;

	if (e == NULL)
		return refuse(err, "has no subjectAltName");
	if (der_only(value_of(e), DER_SEQUENCE, &names) != 0 ||
	    der_next(&names.content, &name) != 0)
		return refuse(err, "has a subjectAltName that is not DER");
	if (names.content.n != 0)
		return refuse(err, "has more than one name");
	if (!is_ident(&name, id))
		return refuse(err, "has another name than the identifier");
	return 0;
}

static int
check_digest(const X509 *x, const uint8_t digest[SHA256_LEN], struct err *err)
{
	X509_EXTENSION *e = find(x, ACME_IDENTIFIER);
	struct der value;

	if (e == NULL)
		return refuse(err, "has no acmeIdentifier extension");
	if (X509_EXTENSION_get_critical(e) != 1)
		return refuse(err, "has an acmeIdentifier extension that is not critical");
	if (der_only(value_of(e), DER_OCTET_STRING, &value) != 0 ||
	    value.content.n != SHA256_LEN)
		return refuse(err, "has an acmeIdentifier extension that is not a digest");
	if (!secret_equal(value.content, view_from(digest, SHA256_LEN)))
		return err_set(err, ERR_INCORRECT_RESPONSE, "The digest in the certificate "
		    "shown for acme-tls/1 is not that of this challenge's key authorization");
	return 0;
}

int
alpncert_check(struct view der, const struct ident *id, const uint8_t digest[SHA256_LEN],
    struct err *err)
{
	const unsigned char *p = (const unsigned char *)der.p;
	SCOPED(X509) x = NULL;
	struct der whole;

	if (der_only(der, DER_SEQUENCE, &whole) != 0 ||
	    (x = d2i_X509(NULL, &p, (long)der.n)) == NULL)
		return refuse(err, "is not DER");
	if (check_extensions(x, err) != 0 || check_self_signed(x, err) != 0 ||
	    check_name(x, id, err) != 0)
		return -1;
	return check_digest(x, digest, err);
}
