/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * knownkeys: keys whose private part everybody can read in an RFC (KEY-10).  What else
 * is known to be compromised stands in the table blocked_keys.
 */
#ifndef CAAS_POLICY_KNOWNKEYS_H
#define CAAS_POLICY_KNOWNKEYS_H

#include "base/attr.h"

/* Where it stands ("RFC 9500"), by the SHA-256 of the SubjectPublicKeyInfo; NULL: not there. */
const char	*knownkeys_find(const uint8_t spki_sha256[32]);

#endif
