/* SPDX-License-Identifier: BSD-2-Clause */
/* The outermost SEQUENCE of whatever is signed. */
#include "signer/assemble.h"

#include "crypto/der.h"

struct view
assemble(struct arena *a, struct view tbs, struct view algorithm,
    struct view signature)
{
	static const struct view no_unused_bits = { "\0", 1 };
	struct view bits = der_make(a, DER_BIT_STRING,
	    der_join(a, no_unused_bits, signature));

	return der_make(a, DER_SEQUENCE, der_join(a, der_join(a, tbs, algorithm), bits));
}
