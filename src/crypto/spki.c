/* SPDX-License-Identifier: BSD-2-Clause */
/* SubjectPublicKeyInfo to key numbers (RFC 5280 s4.1.2.7, RFC 3279 s2.3, RFC 5480). */
#include "crypto/spki.h"

#include "crypto/der.h"

#define UNCOMPRESSED	0x04	/* first octet of a point, SEC 1 s2.3.3 */

static const struct spki_form {
	enum jwk_type	type;
	size_t		width;		/* octets of a coordinate; RSA: none */
	struct view	alg;		/* the AlgorithmIdentifier, byte for byte */
} forms[] = {
	{ JWK_P256, 32, VIEW("\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01"
	    "\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07") },
	{ JWK_RSA, 0, VIEW("\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00") },
	{ JWK_P384, 48, VIEW("\x30\x10\x06\x07\x2a\x86\x48\xce\x3d\x02\x01"
	    "\x06\x05\x2b\x81\x04\x00\x22") },
	{ JWK_P521, 66, VIEW("\x30\x10\x06\x07\x2a\x86\x48\xce\x3d\x02\x01"
	    "\x06\x05\x2b\x81\x04\x00\x23") },
	{ JWK_ED25519, 32, VIEW("\x30\x05\x06\x03\x2b\x65\x70") },
};

static const struct spki_form *
find_form(struct view alg)
{
	size_t i;

	for (i = 0; i < NITEMS(forms); i++)
		if (view_eq(alg, forms[i].alg))
			return &forms[i];
	return NULL;
}

static int
parse_rsa(struct view bits, struct jwk *out)
{
	struct der seq;

	if (der_only(bits, DER_SEQUENCE, &seq) != 0 ||
	    der_take_unsigned(&seq.content, &out->n) != 0 ||
	    der_take_unsigned(&seq.content, &out->e) != 0)
		return -1;
	return seq.content.n == 0 ? 0 : -1;
}

static int
parse_point(struct view bits, size_t width, struct jwk *out)
{
	if (bits.n != 1 + 2 * width || bits.p[0] != UNCOMPRESSED)
		return -1;
	out->x = view_sub(bits, 1, width);
	out->y = view_sub(bits, 1 + width, width);
	return 0;
}

static int
parse_bits(const struct spki_form *form, struct view bits, struct jwk *out)
{
	switch (form->type) {
	case JWK_RSA:
		return parse_rsa(bits, out);
	case JWK_ED25519:
		out->x = bits;
		return bits.n == form->width ? 0 : -1;
	default:
		return parse_point(bits, form->width, out);
	}
}

int
spki_parse(struct view der, struct jwk *out, struct err *err)
{
	const struct spki_form *form;
	struct der spki, alg, bits;

	*out = (struct jwk){ 0 };
	if (der_only(der, DER_SEQUENCE, &spki) != 0 ||
	    der_take(&spki.content, DER_SEQUENCE, &alg) != 0 ||
	    der_take(&spki.content, DER_BIT_STRING, &bits) != 0 ||
	    spki.content.n != 0 || bits.content.n == 0 || bits.content.p[0] != 0)
		return err_set(err, ERR_BAD_PUBLIC_KEY,
		    "The public key is not a SubjectPublicKeyInfo in DER");
	if ((form = find_form(alg.whole)) == NULL)
		return err_set(err, ERR_BAD_PUBLIC_KEY,
		    "The algorithm of the public key must be RSA, or P-256, P-384 or P-521 "
		    "as a named curve");
	out->type = form->type;
	if (parse_bits(form, view_sub(bits.content, 1, bits.content.n), out) != 0)
		return err_set(err, ERR_BAD_PUBLIC_KEY,
		    "The public key is not in the encoding of its algorithm");
	return 0;
}
