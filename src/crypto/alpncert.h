/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * alpncert: the certificate by which a server proves control of an identifier
 * in tls-alpn-01 (RFC 8737 s3, RFC 8738 s6).
 */
#ifndef CAAS_CRYPTO_ALPNCERT_H
#define CAAS_CRYPTO_ALPNCERT_H

#include "crypto/digest.h"
#include "wire/ident.h"

/*
 * 0 when it is what RFC 8737 asks for: signed by its own key (ALP-03), one name
 * that is the identifier (ALP-04, IPI-04), a critical acmeIdentifier with the
 * digest of the key authorization (ALP-05), no extension twice (ALP-06); its
 * dates do not matter.  ERR_UNAUTHORIZED when it is another certificate,
 * ERR_INCORRECT_RESPONSE for another digest; the detail says what is wrong.
 */
MUST_USE int	alpncert_check(struct view der, const struct ident *,
		    const uint8_t digest[SHA256_LEN], struct err *);

#endif
