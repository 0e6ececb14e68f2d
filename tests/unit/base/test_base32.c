/* SPDX-License-Identifier: BSD-2-Clause */
/* base32 in lower case without padding. */
#include "base/base32.h"
#include "tap.h"

static const struct {
	const char	*rule;
	struct view	 bytes;
	const char	*want;
} cases[] = {
	/* RFC 4648 s10, in lower case, the padding left out. */
	{ "nothing",		VIEW(""),	"" },
	{ "one byte",		VIEW("f"),	"my" },
	{ "two bytes",		VIEW("fo"),	"mzxq" },
	{ "three bytes",	VIEW("foo"),	"mzxw6" },
	{ "four bytes",		VIEW("foob"),	"mzxw6yq" },
	{ "five bytes",		VIEW("fooba"),	"mzxw6ytb" },
	{ "six bytes",		VIEW("foobar"),	"mzxw6ytboi" },
	{ "all ones",		VIEW("\xff\xff\xff\xff\xff"), "77777777" },
	{ "all zeros",		VIEW("\0\0\0\0\0"), "aaaaaaaa" },
	/* Of https://example.com/acme/acct/ExampleAccount. */
	{ "DAC-04: the hash of an account URL",
	    VIEW("\xa2\x58\xc7\x54\xba\xab\x7b\xd9\x9b\x04"), "ujmmovf2vn55tgye" },
};

int
main(void)
{
	char text[BASE32_LEN(16) + 1];
	size_t i;

	for (i = 0; i < NITEMS(cases); i++) {
		base32_encode(cases[i].bytes.p, cases[i].bytes.n, text);
		tap_is_view(view_of(text), view_of(cases[i].want), "%s", cases[i].rule);
		tap_is_int((int64_t)BASE32_LEN(cases[i].bytes.n),
		    (int64_t)strlen(cases[i].want), "%s: the length", cases[i].rule);
	}
	return tap_done();
}
