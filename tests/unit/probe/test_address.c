/* SPDX-License-Identifier: BSD-2-Clause */
/* Which addresses a validation may reach; excerpts of bytes from outside. */
#include "tap.h"

#include "probe/address.h"
#include "probe/excerpt.h"

/* All of the registries is tested with policy/ipspecial. */
static const struct {
	const char	*rule;
	const char	*address;
	bool		 special;
} rows[] = {
	{ "a public address",			"93.184.216.34",	false },
	{ "a public address",			"2606:2800:220:1::1",	false },
	{ "loopback",				"127.0.0.1",		true },
	{ "private use",			"10.1.2.3",		true },
	{ "link-local (TOP-31)",		"169.254.169.254",	true },
	{ "carriers",				"100.64.0.1",		true },
	{ "loopback",				"::1",			true },
	{ "unique local",			"fd00::1",		true },
	{ "mapped private",			"::ffff:10.0.0.1",	true },
	{ "mapped public",			"::ffff:8.8.8.8",	true },
	{ "6to4 of a private address",		"2002:a00:1::1",	true },
	{ "NAT64 of a private address",		"64:ff9b::a00:1",	true },
};

static const struct {
	const char	*rule, *text;
	int		 family;	/* 0: no address */
} parses[] = {
	{ "dotted quad",		"192.0.2.1",		AF_INET },
	{ "colons",			"2001:DB8::1",		AF_INET6 },
	{ "mapped",			"::ffff:192.0.2.1",	AF_INET6 },
	{ "empty",			"",			0 },
	{ "three parts",		"192.0.2",		0 },
	{ "one number",			"3221225985",		0 },
	{ "octal",			"0192.0.2.1",		0 },
	{ "hex",			"0xc0.0.2.1",		0 },
	{ "a number over 255",		"192.0.2.256",		0 },
	{ "brackets",			"[::1]",		0 },
	{ "a zone",			"fe80::1%lo",		0 },
	{ "a blank behind",		"192.0.2.1 ",		0 },
	{ "a name",			"example.com",		0 },
	{ "much too long",		"1111:1111:1111:1111:1111:1111:1111:1111:1111:1111", 0 },
};

static const struct {
	const char	*rule;
	struct view	 in;
	size_t		 size;
	const char	*want;
} excerpts[] = {
	{ "printable text stands for itself",	VIEW("a b~"),		20, "a b~" },
	{ "quotes and backslashes",		VIEW("\"\\"),		20, "\\\"\\\\" },
	{ "control characters",			VIEW("a\r\n\0\x1b"),	40,
	    "a\\x0d\\x0a\\x00\\x1b" },
	{ "DEL and what is not ASCII",		VIEW("\x7f\xc3\xa9"),	40, "\\x7f\\xc3\\xa9" },
	{ "nothing",				{ NULL, 0 },		20, "" },
	{ "as much as fits",			VIEW("1234567"),	8,  "1234567" },
	{ "one too many",			VIEW("12345678"),	8,  "1234..." },
	{ "an escape is not cut",		VIEW("123\0""5678"),	8,  "123..." },
	{ "all escapes",			VIEW("\0\0\0"),	10, "\\x00..." },
};

static void
test_special(void)
{
	struct address a;
	size_t i;

	for (i = 0; i < NITEMS(rows); i++)
		tap_ok(address_parse(view_of(rows[i].address), &a) == 0 &&
		    address_is_special(&a) == rows[i].special, "SEC-01: %s: %s is %s",
		    rows[i].rule, rows[i].address, rows[i].special ? "special" : "public");
}

static void
test_parse(void)
{
	struct address a;
	size_t i;
	int rc;

	for (i = 0; i < NITEMS(parses); i++) {
		rc = address_parse(view_of(parses[i].text), &a);
		tap_ok(parses[i].family == 0 ? rc == -1 :
		    rc == 0 && a.family == parses[i].family, "address: %s: \"%s\"",
		    parses[i].rule, parses[i].text);
	}
	tap_ok(address_parse(view_from("192.0.2.1\0junk", 14), &a) == -1,
	    "address: a NUL within");
}

static void
test_text(void)
{
	char text[ADDRESS_TEXT_MAX];
	struct address a;

	if (address_parse(VIEW("2001:DB8:0:0::1"), &a) == 0)
		address_text(&a, text);
	tap_is_view(view_of(text), VIEW("2001:db8::1"), "address: canonical text");
	tap_ok(address_parse(VIEW("127.3.2.1"), &a) == 0 && address_is_loopback(&a),
	    "address: 127.3.2.1 is loopback");
	tap_ok(address_parse(VIEW("::1"), &a) == 0 && address_is_loopback(&a),
	    "address: ::1 is loopback");
	tap_ok(address_parse(VIEW("::2"), &a) == 0 && !address_is_loopback(&a),
	    "address: ::2 is not");
	tap_ok(address_parse(VIEW("::ffff:127.0.0.1"), &a) == 0 &&
	    !address_is_loopback(&a), "address: mapped loopback is not taken for it");
}

static void
test_excerpt(void)
{
	char out[64];
	size_t i;

	for (i = 0; i < NITEMS(excerpts); i++) {
		excerpt(excerpts[i].in, out, excerpts[i].size);
		tap_is_view(view_of(out), view_of(excerpts[i].want), "SEC-02: %s",
		    excerpts[i].rule);
	}
}

int
main(void)
{
	test_special();
	test_parse();
	test_text();
	test_excerpt();
	return tap_done();
}
