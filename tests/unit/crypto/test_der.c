/* SPDX-License-Identifier: BSD-2-Clause */
/* Elements of DER, and forms that DER does not have (X.690). */
#include "crypto/der.h"

#include "bytes.h"
#include "tap.h"

static const struct {
	const char	*rule, *bytes;
	int64_t		 content;	/* bytes of it; -1: refused */
} elements[] = {
	{ "an empty element", "0500", 0 },
	{ "an octet", "040101", 1 },
	{ "what follows is left", "04010105", 1 },
	{ "a constructed context tag", "a0020500", 2 },
	{ "nothing", "", -1 },
	{ "a tag alone", "04", -1 },
	{ "content that is cut", "040201", -1 },
	{ "a length byte that is missing", "0481", -1 },
	{ "length bytes that are cut", "04820180", -1 },
	{ "an indefinite length (s8.1.3.6)", "30800000", -1 },
	{ "a long form for a short length (s10.1)", "04810100", -1 },
	{ "a length with a leading zero (s10.1)", "0482000100", -1 },
	{ "a length of 2^32 - 1", "0484ffffffff00", -1 },
	{ "a reserved length (s8.1.3.5)", "04ff00", -1 },
	{ "a tag of two bytes", "1f810100", -1 },
}, numbers[] = {
	{ "0", "020100", 1 },
	{ "127", "02017f", 1 },
	{ "128 with a sign octet, which is left out", "02020080", 1 },
	{ "256", "02020100", 2 },
	{ "a needless zero (s8.3.2)", "0202007f", -1 },
	{ "a negative one", "020180", -1 },
	{ "an empty one (s8.3.1)", "0200", -1 },
	{ "another tag", "040100", -1 },
};

int
main(void)
{
	struct arena *a = arena_new();
	struct view rest, number, at;
	struct der d;
	size_t i;
	int rc;

	for (i = 0; i < NITEMS(elements); i++) {
		rest = at = from_hex(a, elements[i].bytes);
		rc = der_next(&rest, &d);
		if (elements[i].content < 0)
			tap_ok(rc == -1 && view_eq(rest, at), "element: %s is refused",
			    elements[i].rule);
		else
			tap_ok(rc == 0 && (int64_t)d.content.n == elements[i].content &&
			    d.whole.n + rest.n == at.n && d.whole.n == d.content.n + 2,
			    "element: %s", elements[i].rule);
	}
	for (i = 0; i < NITEMS(numbers); i++) {
		rest = from_hex(a, numbers[i].bytes);
		rc = der_take_unsigned(&rest, &number);
		tap_ok(numbers[i].content < 0 ? rc == -1 :
		    rc == 0 && (int64_t)number.n == numbers[i].content, "number: %s%s",
		    numbers[i].rule, numbers[i].content < 0 ? " is refused" : "");
	}
	at = from_hex(a, arena_printf(a, "0482012c%0600d", 0));
	tap_ok(der_only(at, 0x04, &d) == 0 && d.content.n == 300, "a long form");
	tap_ok(der_only(from_hex(a, arena_printf(a, "04820080%0256d", 0)), 0x04, &d) == -1,
	    "a long form with a leading zero is refused (s10.1)");
	tap_ok(der_only(at, 0x05, &d) == -1, "the tag must be the one that is wanted");
	tap_ok(der_only(from_hex(a, "04010100"), 0x04, &d) == -1,
	    "and nothing may follow when it stands alone");
	arena_free(a);
	return tap_done();
}
