/* SPDX-License-Identifier: BSD-2-Clause */
/* san: the names of a subjectAltName extension (RFC 5280 s4.2.1.6). */
#ifndef CAAS_CRYPTO_SAN_H
#define CAAS_CRYPTO_SAN_H

#include "wire/ident.h"

struct san {
	struct ident	*idents;	/* dNSName and iPAddress, as they stand */
	size_t		 nidents;
	size_t		 nothers;	/* names of other types, left out */
};

/*
 * Parse the value of the extension; what it holds lives in the arena.
 * ERR_MALFORMED: not GeneralNames in DER, none at all, a dNSName that is no
 * name (FIN-14) or is an address (FIN-07), an iPAddress that is neither 4 nor
 * 16 octets.
 */
MUST_USE int	san_parse(struct arena *, struct view der, struct san *out, struct err *);

/* A name from a certificate or a request: ident_parse_dns() that names it in the error. */
MUST_USE int	san_parse_dns(struct arena *, struct view name, struct ident *out,
		    struct err *);

#endif
