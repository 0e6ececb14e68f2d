/* SPDX-License-Identifier: BSD-2-Clause */
/* rsa: moduli that anybody can factor (BR 6.1.1.3 (5), 6.1.6; KEY-03, KEY-05, KEY-06). */
#ifndef CAAS_CRYPTO_RSA_H
#define CAAS_CRYPTO_RSA_H

#include "base/view.h"

enum rsa_flaw {
	RSA_FLAW_NONE,
	RSA_FLAW_EVEN,
	RSA_FLAW_SMALL_FACTOR,	/* one below 752 */
	RSA_FLAW_ROCA,		/* CVE-2017-15361 */
	RSA_FLAW_CLOSE_PRIMES,	/* Fermat's method finds them in 100 rounds; squares too */
	RSA_FLAW_POWER,		/* a third or higher power */
};

/* The first flaw of a modulus, big-endian; some milliseconds. */
enum rsa_flaw	rsa_find_flaw(struct view n);

#endif
