/* SPDX-License-Identifier: BSD-2-Clause */
/* contact: the contact URLs of an account (RFC 8555 s7.3, RFC 6068; ACC-06..08). */
#ifndef CAAS_ACME_CONTACT_H
#define CAAS_ACME_CONTACT_H

#include "wire/json.h"

/*
 * The "contact" member of a payload; absent, null and [] give none.  Views into
 * the payload.  allow_special accepts mail domains that are reserved for tests and
 * examples.  ERR_MALFORMED, ERR_UNSUPPORTED_CONTACT, ERR_INVALID_CONTACT.
 */
MUST_USE int	contact_parse(struct arena *, const struct json *payload,
		    bool allow_special, struct view **contacts, size_t *n, struct err *);

#endif
