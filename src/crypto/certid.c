/* SPDX-License-Identifier: BSD-2-Clause */
/* The names of certificates in renewal information. */
#include "crypto/certid.h"

#include "base/base64url.h"

/* The octets, with a place before them. */
static int
decode(struct arena *a, struct view text, unsigned char **out, size_t *n)
{
	size_t max = B64U_DECODED_LEN(text.n);

	*out = arena_alloc(a, max + 1);
	return b64u_decode(text, (char *)*out + 1, max, n) == 0 && *n != 0 ? 0 : -1;
}

int
certid_parse(struct arena *a, struct view text, struct certid *out, struct err *err)
{
	unsigned char *aki, *serial;
	struct view first;
	size_t n, m;

	if (text.n > CERTID_MAX)
		return err_set(err, ERR_MALFORMED, "A certificate identifier has at most %d "
		    "characters", CERTID_MAX);
	first = view_cut(&text, '.');
	if (text.p == NULL || decode(a, first, &aki, &n) != 0 ||
	    decode(a, text, &serial, &m) != 0)
		return err_set(err, ERR_MALFORMED, "A certificate identifier is the base64url of "
		    "the authority key identifier, a dot, and that of the serial number");
	/* An INTEGER is as short as it can be, and a serial number is positive. */
	if (m > 1 && serial[1] == 0 && (serial[2] & 0x80) == 0)
		return err_set(err, ERR_MALFORMED, "The serial number has zeros before it");
	serial[0] = 0;
	out->aki = view_from(aki + 1, n);
	out->serial = (serial[1] & 0x80) != 0 ? view_from(serial, m + 1) :
	    view_from(serial + 1, m);
	return out->serial.n <= SERIAL_MAX ? 0 : err_set(err, ERR_MALFORMED,
	    "The serial number is longer than %d octets", SERIAL_MAX);
}
