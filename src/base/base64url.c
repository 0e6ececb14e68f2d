/* SPDX-License-Identifier: BSD-2-Clause */
/* Strict base64url. */
#include "base/base64url.h"

static const char alphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

void
b64u_encode(const void *in, size_t n, char *out)
{
	const unsigned char *p = in;
	unsigned bits;

	for (; n >= 3; n -= 3, p += 3) {
		bits = (unsigned)p[0] << 16 | (unsigned)p[1] << 8 | p[2];
		*out++ = alphabet[bits >> 18];
		*out++ = alphabet[bits >> 12 & 63];
		*out++ = alphabet[bits >> 6 & 63];
		*out++ = alphabet[bits & 63];
	}
	if (n != 0) {
		bits = (unsigned)p[0] << 16;
		if (n == 2)
			bits |= (unsigned)p[1] << 8;
		*out++ = alphabet[bits >> 18];
		*out++ = alphabet[bits >> 12 & 63];
		if (n == 2)
			*out++ = alphabet[bits >> 6 & 63];
	}
	*out = '\0';
}

void
b64u_put(struct buf *b, struct view bytes)
{
	char text[5];
	size_t i;
	struct view part;

	for (i = 0; i < bytes.n; i += 3) {
		part = view_sub(bytes, i, 3);
		b64u_encode(part.p, part.n, text);
		buf_str(b, text);
	}
}

static int
sextet(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	if (c == '-')
		return 62;
	return c == '_' ? 63 : -1;
}

bool
b64u_alphabet(struct view v)
{
	size_t i;

	for (i = 0; i < v.n; i++)
		if (sextet(v.p[i]) < 0)
			return false;
	return true;
}

int
b64u_decode(struct view v, void *out, size_t outmax, size_t *outlen)
{
	unsigned char *q = out;
	unsigned bits = 0;
	unsigned nbits = 0;
	size_t i;
	int six;

	if (v.n % 4 == 1 || B64U_DECODED_LEN(v.n) > outmax)
		return -1;
	for (i = 0; i < v.n; i++) {
		if ((six = sextet(v.p[i])) < 0)
			return -1;
		bits = bits << 6 | (unsigned)six;
		nbits += 6;
		if (nbits >= 8) {
			nbits -= 8;
			*q++ = (unsigned char)(bits >> nbits & 0xff);
		}
	}
	if ((bits & (BIT(nbits) - 1)) != 0)
		return -1;
	*outlen = B64U_DECODED_LEN(v.n);
	return 0;
}

int
b64u_decode_exact(struct view v, void *out, size_t n)
{
	size_t got;

	if (B64U_DECODED_LEN(v.n) != n)
		return -1;
	return b64u_decode(v, out, n, &got);
}
