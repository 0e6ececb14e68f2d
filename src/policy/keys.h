/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * keys: which subscriber keys a certificate may hold (BR 6.1.5, 6.1.6;
 * KEY-01..03, KEY-05..07, KEY-10), and which account keys are weak (JWS-13).
 */
#ifndef CAAS_POLICY_KEYS_H
#define CAAS_POLICY_KEYS_H

#include "crypto/csr.h"

/*
 * ERR_BAD_CSR: RSA sizes other than 2048, 3072 and 4096, an exponent other than
 * 65537, an even modulus or one with a factor below 752, one of a chip
 * with the ROCA fault, one whose two primes lie so close that Fermat's method finds them in 100 rounds, a power of a
 * prime; curves other than P-256, P-384 and P-521; a key that is published (KEY-10).
 */
MUST_USE int	keys_check(const struct csr *, struct err *);

/*
 * ERR_BAD_PUBLIC_KEY for an RSA modulus that is weak in the same ways; its size
 * and exponent are wire/jwk's to check.  Costs milliseconds: for new keys only.
 */
MUST_USE int	keys_check_account(const struct jwk *, struct err *);

#endif
