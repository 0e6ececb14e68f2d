/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * scoped: OpenSSL objects that free themselves where their scope ends, for
 * functions that hold many of them.  Only crypto/ and signer/ use it, and never
 * together with an out: label in one function.
 */
#ifndef CAAS_CRYPTO_SCOPED_H
#define CAAS_CRYPTO_SCOPED_H

#include "base/attr.h"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/x509v3.h>

#define SCOPED(T)	__attribute__((cleanup(T##_drop))) T *

#define SCOPED_TYPE(T, free_fn)						\
static inline UNUSED void						\
T##_drop(T **p)								\
{									\
	free_fn(*p);							\
}

static inline UNUSED void
x509_extensions_free(X509_EXTENSIONS *exts)
{
	sk_X509_EXTENSION_pop_free(exts, X509_EXTENSION_free);
}

SCOPED_TYPE(ASN1_OCTET_STRING, ASN1_OCTET_STRING_free)
SCOPED_TYPE(AUTHORITY_INFO_ACCESS, AUTHORITY_INFO_ACCESS_free)
SCOPED_TYPE(AUTHORITY_KEYID, AUTHORITY_KEYID_free)
SCOPED_TYPE(BASIC_CONSTRAINTS, BASIC_CONSTRAINTS_free)
SCOPED_TYPE(BIGNUM, BN_free)
SCOPED_TYPE(BIO, BIO_free_all)
SCOPED_TYPE(BN_CTX, BN_CTX_free)
SCOPED_TYPE(EVP_CIPHER_CTX, EVP_CIPHER_CTX_free)
SCOPED_TYPE(EVP_MD_CTX, EVP_MD_CTX_free)
SCOPED_TYPE(EVP_PKEY, EVP_PKEY_free)
SCOPED_TYPE(EVP_PKEY_CTX, EVP_PKEY_CTX_free)
SCOPED_TYPE(GENERAL_NAMES, GENERAL_NAMES_free)
SCOPED_TYPE(OSSL_PARAM, OSSL_PARAM_free)
SCOPED_TYPE(OSSL_PARAM_BLD, OSSL_PARAM_BLD_free)
SCOPED_TYPE(X509, X509_free)
SCOPED_TYPE(X509_ALGOR, X509_ALGOR_free)
SCOPED_TYPE(X509_CRL, X509_CRL_free)
SCOPED_TYPE(X509_EXTENSIONS, x509_extensions_free)
SCOPED_TYPE(X509_NAME, X509_NAME_free)
SCOPED_TYPE(X509_REQ, X509_REQ_free)

#endif
