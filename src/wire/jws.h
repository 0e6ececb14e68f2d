/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * jws: flattened JSON Web Signatures as ACME uses them (RFC 7515 s7.2.2,
 * RFC 8555 s6.2; JWS-01..05, JWS-17, JWS-25).  Splits and decodes; knows no
 * keys and verifies nothing.
 */
#ifndef CAAS_WIRE_JWS_H
#define CAAS_WIRE_JWS_H

#include "wire/json.h"

struct jws {
	struct view	 signing_input;	/* protected "." payload as received */
	struct view	 payload;	/* decoded; n == 0 for POST-as-GET */
	struct view	 signature;	/* decoded */
	/* The protected header; a view with p == NULL was absent. */
	struct view	 alg;		/* always present */
	struct view	 nonce;
	struct view	 url;
	struct view	 kid;
	const struct json *jwk;		/* an object, or NULL */
};

/*
 * Parse a flattened JWS.  Refused with ERR_MALFORMED: other serializations,
 * an unprotected header, a missing member, crit, b64, both or neither of jwk
 * and kid, members of the wrong type, base64url that is not strict.  An empty
 * string is kept as an empty view with p != NULL.  what names the document in
 * errors ("request", "externalAccountBinding").
 */
MUST_USE int	jws_parse(struct arena *, struct view text, const char *what,
		    struct jws *out, struct err *);
/* The same for a value that is parsed already (an inner JWS). */
MUST_USE int	jws_parse_json(struct arena *, const struct json *, const char *what,
		    struct jws *out, struct err *);

#endif
