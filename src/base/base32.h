/* SPDX-License-Identifier: BSD-2-Clause */
/* base32: RFC 4648 s6 in lower case and without padding, as DNS labels need it. */
#ifndef CAAS_BASE_BASE32_H
#define CAAS_BASE_BASE32_H

#include "base/attr.h"

/* Characters that n bytes become. */
#define BASE32_LEN(n)	(((n) * 8 + 4) / 5)

/* Write BASE32_LEN(n) characters and a NUL to out. */
void	base32_encode(const void *, size_t n, char *out);

#endif
