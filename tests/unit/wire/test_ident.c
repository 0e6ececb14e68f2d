/* SPDX-License-Identifier: BSD-2-Clause */
/* wire/ident: which identifiers are well-formed, and how they are kept. */
#include "wire/ident.h"
#include "tap.h"

#define L63	"abcdefghijklmnopqrstuvwxyz0123456789-abcdefghijklmnopqrstuvwxyz"
/* 3 * 64 + 61 characters are 253; "*." before it would be 255. */
#define N253 \
	L63 "." L63 "." L63 ".abcdefghijklmnopqrstuvwxyz0123456789-abcdefghijklmnopqrstuvw"

static const struct {
	const char	*rule;
	const char	*type;
	struct view	 value;
	const char	*text;		/* as the order shows it */
} good[] = {
	{ "NAM-01: two labels", "dns", VIEW("example.com"), "example.com" },
	{ "NAM-01, CLI-50: upper case is lowered", "dns", VIEW("WWW.ExamplE.COM"),
	    "www.example.com" },
	{ "NAM-01: digits and inner hyphens", "dns", VIEW("1a.2-3--4.x9"), "1a.2-3--4.x9" },
	{ "NAM-01: labels of one character", "dns", VIEW("a.b"), "a.b" },
	{ "NAM-01: a label of 63", "dns", VIEW(L63 ".com"), L63 ".com" },
	{ "NAM-01: a name of 253", "dns", VIEW(N253), N253 },
	{ "NAM-02: an A-label", "dns", VIEW("xn--bcher-kva.example"), "xn--bcher-kva.example" },
	{ "NAM-02: an A-label in upper case", "dns", VIEW("XN--BCHER-KVA.example"),
	    "xn--bcher-kva.example" },
	{ "NAM-02: '--' elsewhere", "dns", VIEW("a--b.abc--d.example"), "a--b.abc--d.example" },
	{ "NAM-07: a wildcard", "dns", VIEW("*.example.com"), "*.example.com" },
	{ "NAM-07: a wildcard in upper case", "dns", VIEW("*.EXAMPLE.com"), "*.example.com" },
	{ "NAM-11: ten labels", "dns", VIEW("a.b.c.d.e.f.g.h.i.j"), "a.b.c.d.e.f.g.h.i.j" },
	{ "NAM-11: the '*' is not counted", "dns", VIEW("*.a.b.c.d.e.f.g.h.i.j"),
	    "*.a.b.c.d.e.f.g.h.i.j" },
	{ "NAM-09: digits, but not at the end", "dns", VIEW("1.2.3.4.com"), "1.2.3.4.com" },
	{ "IPI-01: IPv4", "ip", VIEW("192.0.2.1"), "192.0.2.1" },
	{ "IPI-01: IPv4, lowest", "ip", VIEW("0.0.0.0"), "0.0.0.0" },
	{ "IPI-01: IPv4, highest", "ip", VIEW("255.255.255.255"), "255.255.255.255" },
	{ "IPI-01: IPv6", "ip", VIEW("2001:db8::1"), "2001:db8::1" },
	{ "IPI-01: IPv6, loopback", "ip", VIEW("::1"), "::1" },
	{ "IPI-01: IPv6, all zeros", "ip", VIEW("::"), "::" },
	{ "IPI-01: IPv6, nothing to shorten", "ip", VIEW("1:2:3:4:5:6:7:8"), "1:2:3:4:5:6:7:8" },
	{ "IPI-01: IPv6, one zero group stays", "ip", VIEW("2001:db8:0:1:1:1:1:1"),
	    "2001:db8:0:1:1:1:1:1" },
	{ "IPI-01: IPv6, zeros at the end", "ip", VIEW("2001:db8::"), "2001:db8::" },
	{ "IPI-01: IPv6, IPv4 mapped", "ip", VIEW("::ffff:192.0.2.1"), "::ffff:192.0.2.1" },
};

static const struct {
	const char	*rule;
	const char	*type;
	struct view	 value;
	enum err_kind	 kind;
} bad[] = {
	{ "ORD-03: another type", "email", VIEW("example.com"), ERR_UNSUPPORTED_IDENTIFIER },
	{ "ORD-03: no type", "", VIEW("example.com"), ERR_UNSUPPORTED_IDENTIFIER },
	{ "ORD-03: the type in upper case", "DNS", VIEW("example.com"),
	    ERR_UNSUPPORTED_IDENTIFIER },
	{ "ORD-02: an empty name", "dns", VIEW(""), ERR_MALFORMED },
	{ "NAM-01: one label", "dns", VIEW("localhost"), ERR_MALFORMED },
	{ "NAM-01: a trailing dot", "dns", VIEW("example.com."), ERR_MALFORMED },
	{ "NAM-01: a leading dot", "dns", VIEW(".example.com"), ERR_MALFORMED },
	{ "NAM-01: a dot", "dns", VIEW("."), ERR_MALFORMED },
	{ "NAM-01: an empty label", "dns", VIEW("a..b"), ERR_MALFORMED },
	{ "NAM-01: a leading hyphen", "dns", VIEW("-a.com"), ERR_MALFORMED },
	{ "NAM-01: a trailing hyphen", "dns", VIEW("a-.com"), ERR_MALFORMED },
	{ "NAM-01: a hyphen", "dns", VIEW("-.com"), ERR_MALFORMED },
	{ "NAM-01: a hyphen at the end of the name", "dns", VIEW("a.com-"), ERR_MALFORMED },
	{ "NAM-01: an underscore", "dns", VIEW("a_b.com"), ERR_MALFORMED },
	{ "NAM-01: a blank", "dns", VIEW("a b.com"), ERR_MALFORMED },
	{ "NAM-01: a blank at the end", "dns", VIEW("example.com "), ERR_MALFORMED },
	{ "NAM-01: a line end", "dns", VIEW("example.com\n"), ERR_MALFORMED },
	{ "NAM-01: a NUL", "dns", VIEW("example.com\0.evil.example"), ERR_MALFORMED },
	{ "NAM-01: a NUL at the end", "dns", VIEW("example.com\0"), ERR_MALFORMED },
	{ "NAM-01: a port", "dns", VIEW("example.com:80"), ERR_MALFORMED },
	{ "NAM-01: a URL", "dns", VIEW("https://example.com"), ERR_MALFORMED },
	{ "NAM-01: a U-label", "dns", VIEW("b\xc3\xbc" "cher.example"), ERR_MALFORMED },
	{ "NAM-01: an ideographic full stop", "dns", VIEW("a\xe3\x80\x82" "com"),
	    ERR_MALFORMED },
	{ "NAM-01: bytes that are not UTF-8", "dns", VIEW("a\xff.com"), ERR_MALFORMED },
	{ "NAM-01: a label of 64", "dns", VIEW(L63 "x.com"), ERR_MALFORMED },
	{ "NAM-01: a name of 254", "dns", VIEW("a" N253), ERR_MALFORMED },
	{ "NAM-01: 255 with the '*.'", "dns", VIEW("*." N253), ERR_MALFORMED },
	{ "NAM-02: '--' in third place", "dns", VIEW("ab--c.com"), ERR_MALFORMED },
	{ "NAM-02: '--' in third place of a later label", "dns", VIEW("a.zz--c.com"),
	    ERR_MALFORMED },
	{ "NAM-02: an A-label without Punycode", "dns", VIEW("xn--.com"), ERR_MALFORMED },
	{ "NAM-07: '*' alone", "dns", VIEW("*"), ERR_MALFORMED },
	{ "NAM-07: '*.'", "dns", VIEW("*."), ERR_MALFORMED },
	{ "NAM-07: '*' before a top-level domain", "dns", VIEW("*.com"), ERR_MALFORMED },
	{ "NAM-07: '*.*.'", "dns", VIEW("*.*.example.com"), ERR_MALFORMED },
	{ "NAM-07: '*' as second label", "dns", VIEW("a.*.example.com"), ERR_MALFORMED },
	{ "NAM-07: '*' at the end of a label", "dns", VIEW("f*.example.com"), ERR_MALFORMED },
	{ "NAM-07: '*' at the start of a label", "dns", VIEW("*f.example.com"), ERR_MALFORMED },
	{ "NAM-07: '**'", "dns", VIEW("**.example.com"), ERR_MALFORMED },
	{ "NAM-07: '*' as the last label", "dns", VIEW("example.*"), ERR_MALFORMED },
	{ "NAM-09: an IPv4 address", "dns", VIEW("192.0.2.1"), ERR_MALFORMED },
	{ "NAM-09: four numbers that are no address", "dns", VIEW("999.1.1.010"),
	    ERR_MALFORMED },
	{ "NAM-09: an address in its short form", "dns", VIEW("127.1"), ERR_MALFORMED },
	{ "NAM-09: a wildcard before an address", "dns", VIEW("*.192.0.2.1"), ERR_MALFORMED },
	{ "NAM-09: an IPv6 address", "dns", VIEW("2001:db8::1"), ERR_MALFORMED },
	{ "NAM-09: an IPv6 address in brackets", "dns", VIEW("[::1]"), ERR_MALFORMED },
	{ "NAM-11: eleven labels", "dns", VIEW("a.b.c.d.e.f.g.h.i.j.k"), ERR_MALFORMED },
	{ "IPI-01: nothing", "ip", VIEW(""), ERR_MALFORMED },
	{ "IPI-01: a name", "ip", VIEW("example.com"), ERR_MALFORMED },
	{ "IPI-01: a wildcard", "ip", VIEW("*.192.0.2.1"), ERR_MALFORMED },
	{ "IPI-01: a leading zero", "ip", VIEW("010.0.0.1"), ERR_MALFORMED },
	{ "IPI-01: two zeros", "ip", VIEW("10.00.0.1"), ERR_MALFORMED },
	{ "IPI-01: over 255", "ip", VIEW("192.0.2.256"), ERR_MALFORMED },
	{ "IPI-01: three numbers", "ip", VIEW("192.0.2"), ERR_MALFORMED },
	{ "IPI-01: five numbers", "ip", VIEW("192.0.2.1.1"), ERR_MALFORMED },
	{ "IPI-01: hexadecimal", "ip", VIEW("0xc0.0.2.1"), ERR_MALFORMED },
	{ "IPI-01: one number", "ip", VIEW("3221225985"), ERR_MALFORMED },
	{ "IPI-01: a trailing dot", "ip", VIEW("192.0.2.1."), ERR_MALFORMED },
	{ "IPI-01: a blank", "ip", VIEW("192.0.2.1 "), ERR_MALFORMED },
	{ "IPI-01: a NUL", "ip", VIEW("192.0.2.1\0"), ERR_MALFORMED },
	{ "IPI-01: a NUL and more", "ip", VIEW("192.0.2.1\0x"), ERR_MALFORMED },
	{ "IPI-01: IPv6 in upper case", "ip", VIEW("2001:DB8::1"), ERR_MALFORMED },
	{ "IPI-01: IPv6 in brackets", "ip", VIEW("[2001:db8::1]"), ERR_MALFORMED },
	{ "IPI-01: IPv6 with a zone", "ip", VIEW("fe80::1%eth0"), ERR_MALFORMED },
	{ "IPI-01: IPv6 not shortened", "ip", VIEW("2001:db8:0:0:0:0:0:1"), ERR_MALFORMED },
	{ "IPI-01: IPv6 with leading zeros", "ip", VIEW("2001:0db8::1"), ERR_MALFORMED },
	{ "IPI-01: IPv6, the shorter run left out", "ip", VIEW("2001::1:0:0:0:1"),
	    ERR_MALFORMED },
	{ "IPI-01: IPv6, the second of two runs left out", "ip",
	    VIEW("2001:0:0:1:1::1"), ERR_MALFORMED },
	{ "IPI-01: IPv6, one group left out", "ip", VIEW("2001:db8::1:1:1:1:1"),
	    ERR_MALFORMED },
	{ "IPI-01: IPv6, IPv4 mapped in hexadecimal", "ip", VIEW("::ffff:c000:201"),
	    ERR_MALFORMED },
	{ "IPI-01: IPv6, IPv4 part elsewhere", "ip", VIEW("2001:db8::192.0.2.1"),
	    ERR_MALFORMED },
	{ "IPI-01: IPv6, two '::'", "ip", VIEW("1::2::3"), ERR_MALFORMED },
	{ "IPI-01: IPv6, nine groups", "ip", VIEW("1:2:3:4:5:6:7:8:9"), ERR_MALFORMED },
	{ "IPI-01: far too long", "ip",
	    VIEW("2001:db8:0000000000000000000000000000000000000000000000000000000:1::1"),
	    ERR_MALFORMED },
};

static void
test_good(struct arena *arena)
{
	struct ident id, dns;
	struct err err;
	size_t i;

	for (i = 0; i < NITEMS(good); i++) {
		err_clear(&err);
		if (!tap_ok(ident_parse(arena, view_of(good[i].type), good[i].value, &id,
		    &err) == 0, "taken: %s", good[i].rule)) {
			tap_diag("%s", err.detail);
			continue;
		}
		tap_is_view(ident_text(arena, &id), view_of(good[i].text), "... as %s",
		    good[i].text);
		tap_is_view(view_of(ident_type_name(id.type)), view_of(good[i].type),
		    "... of type %s", good[i].type);
		tap_ok(id.wildcard == (good[i].text[0] == '*') && !view_has(id.value, '*'),
		    "... the value without '*.'");
		if (id.type == IDENT_DNS)
			tap_ok(ident_parse_dns(arena, good[i].value, &dns, &err) == 0 &&
			    ident_eq(&id, &dns), "... ident_parse_dns() says the same");
		arena_reset(arena);
	}
}

static void
test_bad(struct arena *arena)
{
	struct ident id;
	struct err err;
	size_t i;

	for (i = 0; i < NITEMS(bad); i++) {
		err_clear(&err);
		tap_is_int(ident_parse(arena, view_of(bad[i].type), bad[i].value, &id, &err),
		    -1, "refused: %s", bad[i].rule);
		tap_is_int(err.kind, bad[i].kind, "... as %s", err_kind_name(bad[i].kind));
		arena_reset(arena);
	}
}

static const char *const unsorted[] = {
	"b.example", "*.a.example", "A.example", "a.example", "*.a.example", "b.a.example",
	"B.EXAMPLE", "a.exampl",
};

static const char *const sorted[] = {
	"a.exampl", "a.example", "*.a.example", "b.a.example", "b.example", "192.0.2.1",
};

/* The names of unsorted[], and an address before and behind them. */
static size_t
fill(struct arena *arena, struct ident *ids)
{
	size_t i, n = 0;
	struct err err;
	int rc = 0;

	rc |= ident_parse(arena, VIEW("ip"), VIEW("192.0.2.1"), &ids[n++], &err);
	for (i = 0; i < NITEMS(unsorted); i++)
		rc |= ident_parse_dns(arena, view_of(unsorted[i]), &ids[n++], &err);
	rc |= ident_parse(arena, VIEW("ip"), VIEW("192.0.2.1"), &ids[n++], &err);
	tap_ok(rc == 0, "the identifiers of the list are well-formed");
	return n;
}

static void
test_lists(struct arena *arena)
{
	struct ident ids[NITEMS(unsorted) + 2], *back;
	struct buf b = BUF_INIT(1000);
	struct err err;
	size_t i, n, nback = 0;

	n = ident_uniq(ids, fill(arena, ids));
	tap_is_int((int64_t)n, NITEMS(sorted), "ORD-04: equal identifiers collapse");
	for (i = 0; i < n && i < NITEMS(sorted); i++)
		tap_is_view(ident_text(arena, &ids[i]), view_of(sorted[i]),
		    "sorted by type, value, wildcard: %s", sorted[i]);
	tap_is_int((int64_t)ident_uniq(ids, 0), 0, "an empty list stays one");
	tap_is_int((int64_t)ident_uniq(ids, 1), 1, "a list of one stays one");

	ident_pack(&b, ids, n);
	tap_is_view(buf_view(&b), VIEW("dns:a.exampl\ndns:a.example\ndns:*.a.example\n"
	    "dns:b.a.example\ndns:b.example\nip:192.0.2.1\n"), "packed, one a line");
	tap_ok(ident_unpack(arena, buf_view(&b), &back, &nback, &err) == 0 && nback == n,
	    "unpacked");
	for (i = 0; i < nback; i++)
		tap_ok(ident_eq(&ids[i], &back[i]), "... the same: %s", sorted[i]);
	tap_ok(ident_unpack(arena, VIEW_NONE, &back, &nback, &err) == 0 && nback == 0,
	    "nothing unpacks to nothing");
	buf_release(&b);
	arena_reset(arena);
}

static void
test_unpack_bad(struct arena *arena)
{
	static const struct view texts[] = {
		VIEW("dns:a.example"), VIEW("\n"), VIEW("dns\n"), VIEW("a.example\n"),
		VIEW("dns:\n"), VIEW("dns:A.example\n"), VIEW("dns:a.example\n\n"),
		VIEW("DNS:a.example\n"), VIEW("ip:a.example\n"), VIEW("dns:a.example\r\n"),
		VIEW("dns:a.example\ndns:b"), VIEW(" dns:a.example\n"),
		VIEW("dns:a.example\n\0\n"),
	};
	struct ident *ids;
	struct err err;
	size_t i, n;

	for (i = 0; i < NITEMS(texts); i++) {
		err_clear(&err);
		tap_ok(ident_unpack(arena, texts[i], &ids, &n, &err) == -1 &&
		    err.kind == ERR_INTERNAL, "text %zu is not one of our own", i);
	}
	arena_reset(arena);
}

int
main(void)
{
	struct arena *arena = arena_new();

	test_good(arena);
	test_bad(arena);
	test_lists(arena);
	test_unpack_bad(arena);
	arena_free(arena);
	return tap_done();
}
