/* SPDX-License-Identifier: BSD-2-Clause */
/* wire/accept: Accept headers (RFC 9110 s12.5.1, CRT-04). */
#include "wire/accept.h"
#include "tap.h"

#define TYPE	"application/pkix-cert"

static const struct {
	const char	*rule;
	const char	*header;
	int		 weight;
} cases[] = {
	{ "no header", "", 0 },
	{ "the type", TYPE, 1000 },
	{ "in any case", "Application/PKIX-Cert", 1000 },
	{ "everything", "*/*", 1000 },
	{ "everything of its kind", "application/*", 1000 },
	{ "another", "text/html", 0 },
	{ "another of its kind", "application/pkix", 0 },
	{ "a longer one", TYPE "s", 0 },
	{ "everything of another kind", "text/*", 0 },
	{ "a star is no part of a kind", "app*/*", 0 },
	{ "among others", "text/html, " TYPE " ,*/*;q=0.1", 1000 },
	{ "a weight", TYPE ";q=0.25", 250 },
	{ "a weight with blanks", TYPE " ; Q=0.125 ", 125 },
	{ "a weight behind parameters", TYPE ";a=b;q=0.5;c=d", 500 },
	{ "one", TYPE ";q=1.000", 1000 },
	{ "nothing", TYPE ";q=0", 0 },
	{ "nothing, though all else is liked", "*/*, " TYPE ";q=0.000", 0 },
	{ "the closest range counts, first", TYPE ";q=0.2, application/*;q=0.3, */*", 200 },
	{ "the closest range counts, last", "*/*, application/*;q=0.3, " TYPE ";q=0.2", 200 },
	{ "more than one", TYPE ";q=1.001", 0 },
	{ "too many digits", TYPE ";q=0.1234", 0 },
	{ "no number", TYPE ";q=x", 0 },
	{ "no digit behind the point", TYPE ";q=0.x", 0 },
	{ "below nothing", TYPE ";q=-1", 0 },
	{ "an empty weight", TYPE ";q=", 0 },
	{ "commas and semicolons alone", ",;,;;,", 0 },
	{ "rubbish", "rubbish", 0 },
};

int
main(void)
{
	size_t i;

	for (i = 0; i < NITEMS(cases); i++)
		tap_is_int((int)accept_weight(view_of(cases[i].header), TYPE), cases[i].weight,
		    "%s", cases[i].rule);
	return tap_done();
}
