/* SPDX-License-Identifier: BSD-2-Clause */
/* The little DER that is written by hand (X.690 s8.1, s10.1). */
#include "signer/assemble.h"

#define TAG_SEQUENCE	0x30
#define TAG_BIT_STRING	0x03

/* Tag and definite length for n content bytes; returns how many bytes it took. */
static size_t
put_header(unsigned char *p, unsigned char tag, size_t n)
{
	size_t len = 0, rest;

	p[0] = tag;
	if (n < 128) {
		p[1] = (unsigned char)n;
		return 2;
	}
	for (rest = n; rest != 0; rest >>= 8)
		len++;
	p[1] = (unsigned char)(0x80 | len);
	for (rest = len; rest != 0; rest--)
		p[2 + len - rest] = (unsigned char)(n >> (8 * (rest - 1)) & 0xff);
	return 2 + len;
}

struct view
assemble(struct arena *a, struct view tbs, struct view algorithm,
    struct view signature)
{
	unsigned char head[16], bits[16], *p;
	size_t nbits = put_header(bits, TAG_BIT_STRING, signature.n + 1);
	size_t content = tbs.n + algorithm.n + nbits + 1 + signature.n;
	size_t nhead = put_header(head, TAG_SEQUENCE, content);
	struct view out;

	p = arena_alloc(a, nhead + content);
	out = view_from(p, nhead + content);
	memcpy(p, head, nhead);
	p += nhead;
	memcpy(p, tbs.p, tbs.n);
	p += tbs.n;
	memcpy(p, algorithm.p, algorithm.n);
	p += algorithm.n;
	memcpy(p, bits, nbits);
	p += nbits;
	*p++ = 0;	/* no unused bits */
	memcpy(p, signature.p, signature.n);
	return out;
}
