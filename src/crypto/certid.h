/* SPDX-License-Identifier: BSD-2-Clause */
/* certid: how ACME Renewal Information names a certificate (RFC 9773 s4.1; ARI-01). */
#ifndef CAAS_CRYPTO_CERTID_H
#define CAAS_CRYPTO_CERTID_H

#include "crypto/x509.h"

#define CERTID_MAX	128	/* characters */

struct certid {
	struct view	aki;		/* keyIdentifier octets */
	struct view	serial;		/* content octets of the INTEGER, as rows have it */
};

/*
 * base64url(aki) "." base64url(serial), no padding.  A serial whose sign octet was
 * left out is taken too: it cannot be negative (ARI-15).  ERR_MALFORMED.
 */
MUST_USE int	certid_parse(struct arena *, struct view text, struct certid *, struct err *);

#endif
