/* SPDX-License-Identifier: BSD-2-Clause */
/* extension: adding extensions to a certificate under construction; for crypto/ and signer/. */
#ifndef CAAS_CRYPTO_EXTENSION_H
#define CAAS_CRYPTO_EXTENSION_H

#include "base/attr.h"

#include <openssl/x509v3.h>

/*
 * value in OpenSSL's notation (x509v3_config(5)), all of it ours; issuer is what
 * an authority key identifier is taken from.  False when OpenSSL refuses.
 */
bool	extension_add_text(X509 *, X509 *issuer, int nid, const char *value);
/* certificatePolicies with this one policy and no qualifiers. */
bool	extension_add_policy(X509 *, const char *oid);

#endif
