/* SPDX-License-Identifier: BSD-2-Clause */
/* The names of certificates in renewal information (RFC 9773 s4.1). */
#include "tap.h"

#include "crypto/certid.h"

#define AKI	"aYhba4dGQEHhs3uEe6CuLN4ByNQ"

static const struct {
	const char	*rule, *text;
	struct view	 serial;	/* p NULL: refused */
} rows[] = {
	{ "ARI-02: the vector", AKI ".AIdlQyE", { "\0\x87\x65\x43\x21", 5 } },
	{ "ARI-15: without the sign octet", AKI ".h2VDIQ", { "\0\x87\x65\x43\x21", 5 } },
	{ "ARI-01: one that needs none", AKI ".B2VDIQ", { "\x07\x65\x43\x21", 4 } },
	{ "a single octet", AKI ".AQ", { "\x01", 1 } },
	{ "ARI-15: zeros before it", AKI ".AAdlQyE", { NULL, 0 } },
	{ "ARI-15: two sign octets", AKI ".AACHZUMh", { NULL, 0 } },
	{ "TOP-39: padding", AKI "=.AIdlQyE=", { NULL, 0 } },
	{ "TOP-39: padding of the serial", AKI ".AIdlQyE=", { NULL, 0 } },
	{ "no dot", AKI "AIdlQyE", { NULL, 0 } },
	{ "two dots", AKI ".AIdlQyE.AA", { NULL, 0 } },
	{ "no serial", AKI ".", { NULL, 0 } },
	{ "no key identifier", ".AIdlQyE", { NULL, 0 } },
	{ "nothing", "", { NULL, 0 } },
	{ "another alphabet", AKI ".AId+/yE", { NULL, 0 } },
	{ "a serial of 21 octets", AKI ".AQEBAQEBAQEBAQEBAQEBAQEBAQEB", { NULL, 0 } },
};

int
main(void)
{
	struct arena *a = arena_new();
	struct err err = ERR_INIT;
	char text[CERTID_MAX + 2];
	struct certid id;
	size_t i;

	for (i = 0; i < NITEMS(rows); i++) {
		if (certid_parse(a, view_of(rows[i].text), &id, &err) == 0)
			tap_is_view(id.serial, rows[i].serial, "%s", rows[i].rule);
		else
			tap_ok(rows[i].serial.p == NULL && err.kind == ERR_MALFORMED, "%s: %s",
			    rows[i].rule, err.detail);
		err_clear(&err);
	}
	if (certid_parse(a, view_of(rows[0].text), &id, &err) != 0)
		return 1;
	tap_is_view(id.aki, ((struct view){ "\x69\x88\x5B\x6B\x87\x46\x40\x41\xE1\xB3"
	    "\x7B\x84\x7B\xA0\xAE\x2C\xDE\x01\xC8\xD4", 20 }), "ARI-02: the key identifier");
	memset(text, 'A', sizeof(text) - 1);
	text[CERTID_MAX + 1] = '\0';
	text[30] = '.';
	tap_ok(certid_parse(a, view_of(text), &id, &err) != 0, "longer than CERTID_MAX");
	arena_free(a);
	return tap_done();
}
