/* SPDX-License-Identifier: BSD-2-Clause */
/* hex: bytes for people and for file names; upper case, as serial numbers are shown. */
#ifndef CAAS_BASE_HEX_H
#define CAAS_BASE_HEX_H

#include "base/view.h"

/* Write 2 * n digits and a NUL to out. */
void	hex_encode(const void *, size_t n, char *out);
/* Exactly n bytes from 2 * n digits of either case; -1 otherwise. */
MUST_USE int	hex_decode(struct view, void *out, size_t n);

#endif
