/* SPDX-License-Identifier: BSD-2-Clause */
/* Elements of DER: tag, length, content (X.690 s8.1, s10.1). */
#include "crypto/der.h"

#define TAG_NUMBER	0x1f	/* all ones: the tag goes on in the next byte */
#define LONG_LENGTH	0x80
#define LENGTH_BYTES	3	/* up to 16 MiB; nothing here is larger */

/* The length behind the tag; -1 for forms that DER does not have. */
static int
take_length(struct view *rest, size_t *out)
{
	const uint8_t *p = (const uint8_t *)rest->p;
	size_t i, nbytes, n = 0;

	if (rest->n == 0)
		return -1;
	if (p[0] < LONG_LENGTH) {
		*out = p[0];
		*rest = view_sub(*rest, 1, rest->n);
		return 0;
	}
	nbytes = p[0] - LONG_LENGTH;
	if (nbytes == 0 || nbytes > LENGTH_BYTES || nbytes >= rest->n)
		return -1;
	for (i = 1; i <= nbytes; i++)
		n = n << 8 | p[i];
	if (p[1] == 0 || n < LONG_LENGTH)
		return -1;
	*out = n;
	*rest = view_sub(*rest, 1 + nbytes, rest->n);
	return 0;
}

int
der_next(struct view *rest, struct der *out)
{
	struct view from = *rest, at = *rest;
	size_t n;

	if (at.n == 0 || (at.p[0] & TAG_NUMBER) == TAG_NUMBER)
		return -1;
	out->tag = (uint8_t)at.p[0];
	at = view_sub(at, 1, at.n);
	if (take_length(&at, &n) != 0 || n > at.n)
		return -1;
	out->content = view_sub(at, 0, n);
	*rest = view_sub(at, n, at.n);
	out->whole = view_sub(from, 0, from.n - rest->n);
	return 0;
}

int
der_take(struct view *rest, uint8_t tag, struct der *out)
{
	if (rest->n == 0 || (uint8_t)rest->p[0] != tag)
		return -1;
	return der_next(rest, out);
}

int
der_only(struct view v, uint8_t tag, struct der *out)
{
	return der_take(&v, tag, out) == 0 && v.n == 0 ? 0 : -1;
}

int
der_take_unsigned(struct view *rest, struct view *number)
{
	const uint8_t *p;
	struct der d;

	if (der_take(rest, DER_INTEGER, &d) != 0 || d.content.n == 0)
		return -1;
	p = (const uint8_t *)d.content.p;
	if (p[0] >= 0x80 || (p[0] == 0 && d.content.n > 1 && p[1] < 0x80))
		return -1;
	*number = p[0] == 0 && d.content.n > 1 ?
	    view_sub(d.content, 1, d.content.n) : d.content;
	return 0;
}

struct view
der_make(struct arena *a, uint8_t tag, struct view content)
{
	size_t nlength = 0, rest;
	uint8_t *p;

	if (content.n >= LONG_LENGTH)
		for (rest = content.n; rest != 0; rest >>= 8)
			nlength++;
	p = arena_alloc(a, 2 + nlength + content.n);
	p[0] = tag;
	p[1] = (uint8_t)(nlength == 0 ? content.n : LONG_LENGTH + nlength);
	for (rest = 0; rest < nlength; rest++)
		p[1 + nlength - rest] = (uint8_t)(content.n >> (8 * rest));
	if (content.n != 0)
		memcpy(p + 2 + nlength, content.p, content.n);
	return view_from(p, 2 + nlength + content.n);
}

struct view
der_join(struct arena *a, struct view x, struct view y)
{
	char *p = arena_alloc(a, x.n + y.n);

	if (x.n != 0)
		memcpy(p, x.p, x.n);
	if (y.n != 0)
		memcpy(p + x.n, y.p, y.n);
	return view_from(p, x.n + y.n);
}
