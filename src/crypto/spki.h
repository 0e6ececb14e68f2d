/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * spki: SubjectPublicKeyInfo in the one encoding that certificates may have
 * (BR 7.1.3.1; PRO-20, PRO-21; RFC 8410 for Ed25519).
 */
#ifndef CAAS_CRYPTO_SPKI_H
#define CAAS_CRYPTO_SPKI_H

#include "wire/jwk.h"

/*
 * The numbers of the key, views into der; canonical stays empty.  Whether they
 * make a key is crypto/key's to say.  ERR_BAD_PUBLIC_KEY: another algorithm or
 * curve, parameters or a point written otherwise, bytes behind the end.
 */
MUST_USE int	spki_parse(struct view der, struct jwk *out, struct err *);

#endif
