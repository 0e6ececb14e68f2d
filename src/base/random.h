/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * random: bytes from the operating system (RFC 8555 s11.3, RFC 4086).
 * Nothing is kept between calls, so a fork repeats nothing.
 */
#ifndef CAAS_BASE_RANDOM_H
#define CAAS_BASE_RANDOM_H

#include "base/attr.h"

/* Fill n bytes.  Cannot fail: a system without entropy ends the process. */
void		random_bytes(void *, size_t n);
uint64_t	random_u64(void);
/* Evenly from 0 to bound - 1; bound is at least 1. */
uint64_t	random_below(uint64_t bound);

#endif
