/* SPDX-License-Identifier: BSD-2-Clause */
/* Making the certificates of a new CA. */
#include "crypto/newca.h"

#include <openssl/pem.h>

#include "base/random.h"
#include "crypto/extension.h"
#include "crypto/ossl.h"
#include "crypto/scoped.h"

#define SERIAL_BYTES	16


static int
set_name(X509_NAME *name, const struct newca_ask *q, const char *cn)
{
	return X509_NAME_add_entry_by_txt(name, "C", MBSTRING_ASC,
	    (const unsigned char *)q->country, -1, -1, 0) == 1 &&
	    X509_NAME_add_entry_by_txt(name, "O", MBSTRING_UTF8,
	    (const unsigned char *)q->organization, -1, -1, 0) == 1 &&
	    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
	    (const unsigned char *)cn, -1, -1, 0) == 1;
}

static int
set_serial(X509 *x)
{
	uint8_t raw[SERIAL_BYTES];
	SCOPED(BIGNUM) bn = NULL;

	random_bytes(raw, sizeof(raw));
	raw[0] = (uint8_t)((raw[0] & 0x3f) | 0x40);
	bn = BN_bin2bn(raw, sizeof(raw), NULL);
	return bn != NULL && BN_to_ASN1_INTEGER(bn, X509_get_serialNumber(x)) != NULL;
}

/* issuer NULL: a root, signed by itself. */
static X509 *
make_cert(const struct newca_ask *q, const char *cn, EVP_PKEY *key, X509 *issuer,
    EVP_PKEY *signing_key, const EVP_MD *digest, int64_t days)
{
	SCOPED(X509_NAME) name = X509_NAME_new();
	SCOPED(X509) x = X509_new();
	X509 *by = issuer != NULL ? issuer : x, *out;
	bool is_root = issuer == NULL;

	if (x == NULL || name == NULL || X509_set_version(x, X509_VERSION_3) != 1 ||
	    !set_serial(x) || !set_name(name, q, cn) ||
	    X509_set_subject_name(x, name) != 1 ||
	    X509_set_issuer_name(x, is_root ? name : X509_get_subject_name(issuer)) != 1 ||
	    ASN1_TIME_set(X509_getm_notBefore(x), (time_t)q->now) == NULL ||
	    ASN1_TIME_set(X509_getm_notAfter(x),
	    (time_t)(q->now + days * 86400 - 1)) == NULL ||
	    X509_set_pubkey(x, key) != 1 ||
	    !extension_add_text(x, by, NID_basic_constraints,
	    is_root ? "critical,CA:TRUE" : "critical,CA:TRUE,pathlen:0") ||
	    !extension_add_text(x, by, NID_key_usage, "critical,keyCertSign,cRLSign") ||
	    !extension_add_text(x, by, NID_subject_key_identifier, "hash") ||
	    (!is_root && (!extension_add_text(x, by, NID_authority_key_identifier, "keyid:always") ||
	    !extension_add_text(x, by, NID_ext_key_usage, "serverAuth") ||
	    !extension_add_policy(x, "2.23.140.1.2.1"))) ||
	    X509_sign(x, signing_key, digest) == 0)
		return NULL;
	out = x;
	x = NULL;
	return out;
}

static struct view
take(struct arena *a, BIO *bio)
{
	char *p;
	long n = BIO_get_mem_data(bio, &p);

	return n > 0 ? arena_view(a, view_from(p, (size_t)n)) : VIEW_NONE;
}

static struct view
key_pem(struct arena *a, const EVP_PKEY *key)
{
	SCOPED(BIO) bio = BIO_new(BIO_s_secmem());

	if (bio == NULL ||
	    PEM_write_bio_PKCS8PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL) != 1)
		return VIEW_NONE;
	return take(a, bio);
}

static struct view
cert_pem(struct arena *a, const X509 *x)
{
	SCOPED(BIO) bio = BIO_new(BIO_s_mem());

	if (bio == NULL || PEM_write_bio_X509(bio, x) != 1)
		return VIEW_NONE;
	return take(a, bio);
}

int
newca_make(struct arena *a, const struct newca_ask *q, struct newca *out,
    struct err *err)
{
	SCOPED(EVP_PKEY) root_key = EVP_EC_gen("P-384");
	SCOPED(EVP_PKEY) issuing_key = EVP_EC_gen("P-256");
	SCOPED(X509) root = NULL;
	SCOPED(X509) issuing = NULL;

	if (root_key == NULL || issuing_key == NULL ||
	    (root = make_cert(q, q->root_name, root_key, NULL, root_key, EVP_sha384(),
	    q->root_days)) == NULL ||
	    (issuing = make_cert(q, q->issuing_name, issuing_key, root, root_key,
	    EVP_sha384(), q->issuing_days)) == NULL)
		return ossl_err(err, "making a CA (is a name too long?)");
	out->root_key = key_pem(a, root_key);
	out->root_cert = cert_pem(a, root);
	out->issuing_key = key_pem(a, issuing_key);
	out->issuing_cert = cert_pem(a, issuing);
	if (out->root_key.n == 0 || out->root_cert.n == 0 || out->issuing_key.n == 0 ||
	    out->issuing_cert.n == 0)
		return err_internal(err, "the CA could not be written as PEM");
	return 0;
}
