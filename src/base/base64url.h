/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * base64url: RFC 4648 s5 without padding, as RFC 7515 s2 and RFC 8555 s6.1 use
 * it.  Strict: no padding, no blanks, no bits left over (TRN-05).
 */
#ifndef CAAS_BASE_BASE64URL_H
#define CAAS_BASE_BASE64URL_H

#include "base/buf.h"

/* Characters that n bytes become. */
#define B64U_LEN(n)	(((n) * 4 + 2) / 3)
/* Bytes that n characters become. */
#define B64U_DECODED_LEN(n)	((n) / 4 * 3 + ((n) % 4 != 0 ? (n) % 4 - 1 : 0))

/* Write B64U_LEN(n) characters and a NUL to out. */
void	b64u_encode(const void *, size_t n, char *out);
/* Append the characters. */
void	b64u_put(struct buf *, struct view bytes);
/* Alphabet only; says nothing about length or left-over bits. */
bool	b64u_alphabet(struct view);

/*
 * Decode the whole view to out, which has room for outmax bytes; *outlen gets
 * the number written.  -1 when it is not strict base64url or does not fit.
 */
MUST_USE int	b64u_decode(struct view, void *out, size_t outmax, size_t *outlen);
/* Decode to exactly n bytes. */
MUST_USE int	b64u_decode_exact(struct view, void *out, size_t n);

#endif
