/* SPDX-License-Identifier: BSD-2-Clause */
/* Bytes as hexadecimal digits. */
#include "base/hex.h"
#include "tap.h"

static const struct {
	const char	*rule;
	struct view	 text;
	size_t		 n;
	int		 rc;
	const char	*want;
} cases[] = {
	{ "upper case", VIEW("00FFA5"), 3, 0, "\x00\xff\xa5" },
	{ "lower case", VIEW("00ffa5"), 3, 0, "\x00\xff\xa5" },
	{ "mixed case", VIEW("aBcD"), 2, 0, "\xab\xcd" },
	{ "nothing", VIEW(""), 0, 0, "" },
	{ "odd number of digits", VIEW("ABC"), 1, -1, NULL },
	{ "too few", VIEW("AB"), 2, -1, NULL },
	{ "too many", VIEW("ABCD"), 1, -1, NULL },
	{ "no digit first", VIEW("G0"), 1, -1, NULL },
	{ "no digit second", VIEW("0g"), 1, -1, NULL },
	{ "before 0", VIEW("0/"), 1, -1, NULL },
	{ "behind 9", VIEW("0:"), 1, -1, NULL },
	{ "before A", VIEW("0@"), 1, -1, NULL },
	{ "before a", VIEW("0`"), 1, -1, NULL },
	{ "blank", VIEW(" 0"), 1, -1, NULL },
	{ "sign", VIEW("-1"), 1, -1, NULL },
	{ "prefix", VIEW("0x"), 1, -1, NULL },
	{ "NUL", VIEW("0\0"), 1, -1, NULL },
	{ "high byte", VIEW("\xb0\xb0"), 1, -1, NULL },
};

int
main(void)
{
	unsigned char in[256], back[256];
	char text[2 * sizeof(in) + 1];
	size_t i;

	for (i = 0; i < NITEMS(cases); i++) {
		memset(back, 0, sizeof(back));
		tap_is_int(hex_decode(cases[i].text, back, cases[i].n), cases[i].rc,
		    "decode: %s", cases[i].rule);
		if (cases[i].want != NULL)
			tap_ok(memcmp(back, cases[i].want, cases[i].n) == 0,
			    "decode: %s: the bytes", cases[i].rule);
	}
	for (i = 0; i < sizeof(in); i++)
		in[i] = (unsigned char)i;
	hex_encode(in, sizeof(in), text);
	tap_is_view(view_sub(view_of(text), 0, 8), VIEW("00010203"), "encode: two digits a byte");
	tap_is_view(view_sub(view_of(text), 508, 4), VIEW("FEFF"), "encode: upper case");
	tap_is_int((int64_t)strlen(text), 512, "encode: all, and a NUL");
	tap_ok(hex_decode(view_of(text), back, sizeof(back)) == 0 &&
	    memcmp(in, back, sizeof(in)) == 0, "round trip of every byte");
	hex_encode(in, 0, text);
	tap_is_view(view_of(text), VIEW(""), "encode: nothing");
	return tap_done();
}
