/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * der: walking through DER, and making it, by hand (X.690), where the exact bytes
 * matter and for structures that are too small for a library.  Strict: one-byte tags,
 * definite lengths in their shortest form.
 */
#ifndef CAAS_CRYPTO_DER_H
#define CAAS_CRYPTO_DER_H

#include "base/arena.h"

#define DER_INTEGER		0x02
#define DER_BIT_STRING		0x03
#define DER_OCTET_STRING	0x04
#define DER_OID			0x06
#define DER_SEQUENCE		0x30
#define DER_SET			0x31
#define DER_CONTEXT(n)		(0x80 | (n))	/* [n] IMPLICIT, primitive */
#define DER_CONTEXT_CONS(n)	(0xa0 | (n))	/* [n], constructed */

struct der {
	uint8_t		tag;
	struct view	whole;		/* header and content */
	struct view	content;
};

/* Take the next element off the front of *rest; -1 when there is none. */
MUST_USE int	der_next(struct view *rest, struct der *out);
/* The same, and -1 for another tag. */
MUST_USE int	der_take(struct view *rest, uint8_t tag, struct der *out);
/* The view is one element of that tag and nothing else. */
MUST_USE int	der_only(struct view, uint8_t tag, struct der *out);
/* A non-negative INTEGER in its shortest form, without a sign octet of zero. */
MUST_USE int	der_take_unsigned(struct view *rest, struct view *number);
/* One element of that tag around the content, in the arena. */
struct view	der_make(struct arena *, uint8_t tag, struct view content);
/* Two of them, one behind the other. */
struct view	der_join(struct arena *, struct view, struct view);

#endif
