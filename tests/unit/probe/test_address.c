/* SPDX-License-Identifier: BSD-2-Clause */
/* Which addresses a validation may reach; excerpts of bytes from outside. */
#include "tap.h"

#include "probe/address.h"
#include "probe/excerpt.h"

static const struct {
	const char	*net;		/* of the registry, or what it shows */
	const char	*address;
	bool		 special;
} rows[] = {
	{ "0.0.0.0/8 this network",		"0.0.0.0",		true },
	{ "0.0.0.0/8 this network",		"0.255.255.255",	true },
	{ "just behind 0.0.0.0/8",		"1.0.0.0",		false },
	{ "just before 10.0.0.0/8",		"9.255.255.255",	false },
	{ "10.0.0.0/8 private",			"10.0.0.0",		true },
	{ "10.0.0.0/8 private",			"10.255.255.255",	true },
	{ "just behind 10.0.0.0/8",		"11.0.0.0",		false },
	{ "just before 100.64.0.0/10",		"100.63.255.255",	false },
	{ "100.64.0.0/10 shared (CGNAT)",	"100.64.0.0",		true },
	{ "100.64.0.0/10 shared (CGNAT)",	"100.127.255.255",	true },
	{ "just behind 100.64.0.0/10",		"100.128.0.0",		false },
	{ "127.0.0.0/8 loopback",		"127.0.0.1",		true },
	{ "127.0.0.0/8 loopback",		"127.255.255.255",	true },
	{ "just behind 127.0.0.0/8",		"128.0.0.0",		false },
	{ "169.254.0.0/16 link-local (TOP-31)",	"169.254.169.254",	true },
	{ "just behind 169.254.0.0/16",		"169.255.0.0",		false },
	{ "just before 172.16.0.0/12",		"172.15.255.255",	false },
	{ "172.16.0.0/12 private",		"172.16.0.0",		true },
	{ "172.16.0.0/12 private",		"172.31.255.255",	true },
	{ "just behind 172.16.0.0/12",		"172.32.0.0",		false },
	{ "192.0.0.0/24 IETF (NAM-10)",		"192.0.0.170",		true },
	{ "just behind 192.0.0.0/24",		"192.0.1.0",		false },
	{ "192.0.2.0/24 documentation",		"192.0.2.1",		true },
	{ "192.31.196.0/24 AS112",		"192.31.196.1",		true },
	{ "192.52.193.0/24 AMT",		"192.52.193.1",		true },
	{ "192.88.99.0/24 6to4 relay",		"192.88.99.1",		true },
	{ "192.168.0.0/16 private",		"192.168.255.255",	true },
	{ "just behind 192.168.0.0/16",		"192.169.0.0",		false },
	{ "192.175.48.0/24 AS112",		"192.175.48.42",	true },
	{ "198.18.0.0/15 benchmarks (NAM-10)",	"198.19.255.255",	true },
	{ "just behind 198.18.0.0/15",		"198.20.0.0",		false },
	{ "198.51.100.0/24 documentation",	"198.51.100.7",		true },
	{ "203.0.113.0/24 documentation",	"203.0.113.7",		true },
	{ "just before multicast",		"223.255.255.255",	false },
	{ "224.0.0.0/4 multicast",		"224.0.0.1",		true },
	{ "240.0.0.0/4 future use",		"240.0.0.1",		true },
	{ "limited broadcast",			"255.255.255.255",	true },
	{ "::/128 unspecified",			"::",			true },
	{ "::1/128 loopback",			"::1",			true },
	{ "::/96 compatible",			"::8.8.8.8",		true },
	{ "::ffff:0:0/96 mapped private",	"::ffff:10.0.0.1",	true },
	{ "::ffff:0:0/96 mapped public",	"::ffff:8.8.8.8",	true },
	{ "64:ff9b::/96 NAT64",			"64:ff9b::a00:1",	true },
	{ "64:ff9b:1::/48 local NAT64",		"64:ff9b:1::1",		true },
	{ "100::/64 discard (NAM-10)",		"100::1",		true },
	{ "just before 2000::/3",		"1fff:ffff::1",		true },
	{ "2001::/32 Teredo",			"2001:0:4136:e378::1",	true },
	{ "2001:2::/48 benchmarks",		"2001:2::1",		true },
	{ "2001:20::/28 ORCHIDv2",		"2001:20::1",		true },
	{ "last of 2001::/23",			"2001:1ff:ffff::1",	true },
	{ "just behind 2001::/23",		"2001:200::1",		false },
	{ "2001:db8::/32 documentation (NAM-10)", "2001:db8:1::1",	true },
	{ "just behind 2001:db8::/32",		"2001:db9::1",		false },
	{ "2002::/16 6to4",			"2002:a00:1::1",	true },
	{ "just behind 2002::/16",		"2003::1",		false },
	{ "2620:4f:8000::/48 AS112",		"2620:4f:8000::42",	true },
	{ "just behind 2620:4f:8000::/48",	"2620:4f:8001::42",	false },
	{ "3fff::/20 documentation (NAM-10)",	"3fff:fff::1",		true },
	{ "just before 3fff::/20",		"3ffe:ffff::1",		false },
	{ "just behind 3fff::/20",		"3fff:1000::1",		false },
	{ "not handed out",			"4000::1",		true },
	{ "5f00::/16 segment routing (NAM-10)",	"5f00::1",		true },
	{ "fc00::/7 unique local (NAM-10)",	"fd00::1",		true },
	{ "fe80::/10 link-local (NAM-10)",	"fe80::1",		true },
	{ "fec0::/10 site-local",		"fec0::1",		true },
	{ "ff00::/8 multicast (NAM-10)",	"ff02::1",		true },
	{ "a public address",			"93.184.216.34",	false },
	{ "a public address",			"2606:2800:220:1::1",	false },
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
	{ "printable text stands for itself",	{ "a b~", 4 },		20, "a b~" },
	{ "quotes and backslashes",		{ "\"\\", 2 },		20, "\\\"\\\\" },
	{ "control characters",			{ "a\r\n\0\x1b", 5 },	40, "a\\x0d\\x0a\\x00\\x1b" },
	{ "DEL and what is not ASCII",		{ "\x7f\xc3\xa9", 3 },	40, "\\x7f\\xc3\\xa9" },
	{ "nothing",				{ NULL, 0 },		20, "" },
	{ "as much as fits",			{ "1234567", 7 },	8,  "1234567" },
	{ "one too many",			{ "12345678", 8 },	8,  "1234..." },
	{ "an escape is not cut",		{ "123\0""5678", 8 },	8,  "123..." },
	{ "all escapes",			{ "\0\0\0", 3 },	10, "\\x00..." },
};

static void
test_special(void)
{
	struct address a;
	size_t i;

	for (i = 0; i < NITEMS(rows); i++)
		tap_ok(address_parse(view_of(rows[i].address), &a) == 0 &&
		    address_is_special(&a) == rows[i].special, "SEC-01: %s: %s is %s",
		    rows[i].net, rows[i].address, rows[i].special ? "special" : "public");
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
	char net[ADDRESS_NET_MAX], text[ADDRESS_TEXT_MAX];
	struct address a;
	size_t i, v4 = 0, v6 = 0;

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
	tap_ok(address_special_net(0, net) && strcmp(net, "0.0.0.0/8") == 0,
	    "address: nets as text");
	for (i = 0; address_special_net(i, net); i++)
		view_has(view_of(net), ':') ? v6++ : v4++;
	tap_ok(v4 == 18 && v6 == 8, "address: all nets are listed");
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
