/* SPDX-License-Identifier: BSD-2-Clause */
/* Sized strings: comparing, cutting, numbers. */
#include "tap.h"

static void
test_equal(void)
{
	static const struct {
		const char	*rule;
		struct view	 a, b;
		bool		 eq, ieq;
		int		 cmp;	/* sign */
	} cases[] = {
		{ "same bytes", VIEW("abc"), VIEW("abc"), true, true, 0 },
		{ "case counts in eq only", VIEW("aBc"), VIEW("AbC"), false, true, 1 },
		{ "a prefix is less", VIEW("ab"), VIEW("abc"), false, false, -1 },
		{ "longer is more", VIEW("abc"), VIEW("ab"), false, false, 1 },
		{ "empty equals empty", VIEW(""), { NULL, 0 }, true, true, 0 },
		{ "empty is less", { NULL, 0 }, VIEW("a"), false, false, -1 },
		{ "bytes are unsigned", VIEW("\xff"), VIEW("a"), false, false, 1 },
		{ "NUL is a byte", VIEW("a\0b"), VIEW("a\0c"), false, false, -1 },
		{ "only letters have case: @ and `", VIEW("@["), VIEW("`{"), false, false, -1 },
		{ "case of ASCII only", VIEW("\xc4"), VIEW("\xe4"), false, false, -1 },
		{ "first letter of the alphabet", VIEW("A"), VIEW("a"), false, true, -1 },
		{ "last letter of the alphabet", VIEW("Z"), VIEW("z"), false, true, -1 },
	};
	size_t i;
	int c;

	for (i = 0; i < NITEMS(cases); i++) {
		tap_is_int(view_eq(cases[i].a, cases[i].b), cases[i].eq, "eq: %s", cases[i].rule);
		tap_is_int(view_ieq(cases[i].a, cases[i].b), cases[i].ieq, "ieq: %s",
		    cases[i].rule);
		c = view_cmp(cases[i].a, cases[i].b);
		tap_is_int((c > 0) - (c < 0), cases[i].cmp, "cmp: %s", cases[i].rule);
	}
	tap_ok(view_is(VIEW("dns"), "dns") && !view_is(VIEW("dns"), "dn"), "is: a C string");
	tap_ok(view_is(VIEW_NONE, ""), "is: nothing is the empty string");
	tap_ok(view_of(NULL).n == 0, "of: NULL is the empty view");
	tap_ok(view_from("x", 0).p == NULL, "from: no bytes, no pointer");
}

static void
test_contains(void)
{
	static const struct {
		const char	*rule;
		const char	*v, *part;
		bool		 starts, ends, icontains;
	} cases[] = {
		{ "the whole", "abc", "abc", true, true, true },
		{ "nothing is in everything", "abc", "", true, true, true },
		{ "nothing is in nothing", "", "", true, true, true },
		{ "too long", "abc", "abcd", false, false, false },
		{ "head", "abc", "ab", true, false, true },
		{ "tail", "abc", "bc", false, true, true },
		{ "middle", "abc", "b", false, false, true },
		{ "case counts at the ends", "abc", "ABC", false, false, true },
		{ "after a false start", "aab", "ab", false, true, true },
		{ "elsewhere", "abc", "x", false, false, false },
	};
	size_t i;
	struct view v, part;

	for (i = 0; i < NITEMS(cases); i++) {
		v = view_of(cases[i].v);
		part = view_of(cases[i].part);
		tap_is_int(view_starts(v, part), cases[i].starts, "starts: %s", cases[i].rule);
		tap_is_int(view_ends(v, part), cases[i].ends, "ends: %s", cases[i].rule);
		tap_is_int(view_icontains(v, part), cases[i].icontains, "icontains: %s",
		    cases[i].rule);
	}
	tap_ok(view_has(VIEW("a\0b"), '\0') && !view_has(VIEW("ab"), '\0'),
	    "has: NUL only where it stands");
	tap_ok(!view_has(VIEW_NONE, 'a'), "has: nothing is in nothing");
}

static void
test_parts(void)
{
	static const struct {
		const char	*rule;
		size_t		 start, n;
		const char	*want;
	} subs[] = {
		{ "all", 0, 5, "hello" },
		{ "from the middle", 1, 3, "ell" },
		{ "clipped", 3, 100, "lo" },
		{ "clipped at the largest length", 3, SIZE_MAX, "lo" },
		{ "from the end", 5, 1, "" },
		{ "from behind the end", SIZE_MAX, SIZE_MAX, "" },
		{ "no bytes", 2, 0, "" },
	}, trims[] = {
		{ "both ends", 0, 0, " \ta b\t " },
		{ "nothing to do", 0, 0, "a b" },
	};
	size_t i;

	for (i = 0; i < NITEMS(subs); i++)
		tap_is_view(view_sub(VIEW("hello"), subs[i].start, subs[i].n),
		    view_of(subs[i].want), "sub: %s", subs[i].rule);
	for (i = 0; i < NITEMS(trims); i++)
		tap_is_view(view_trim(view_of(trims[i].want)), VIEW("a b"),
		    "trim: %s", trims[i].rule);
	tap_is_view(view_trim(VIEW(" \t ")), VIEW(""), "trim: only blanks");
	tap_is_view(view_trim(VIEW("\na\r")), VIEW("\na\r"), "trim: line ends stay");
	tap_is_view(view_trim(VIEW_NONE), VIEW(""), "trim: nothing");
}

static void
test_cut(void)
{
	struct view rest = VIEW("a,,b,");

	tap_is_view(view_cut(&rest, ','), VIEW("a"), "cut: the first part");
	tap_is_view(view_cut(&rest, ','), VIEW(""), "cut: an empty part");
	tap_is_view(view_cut(&rest, ','), VIEW("b"), "cut: the third part");
	tap_ok(rest.p != NULL && rest.n == 0, "cut: a last separator leaves an empty part");
	tap_is_view(view_cut(&rest, ','), VIEW(""), "cut: the empty part behind it");
	tap_ok(rest.p == NULL, "cut: then nothing is left");
	tap_is_view(view_cut(&rest, ','), VIEW(""), "cut: of nothing");
}

static void
test_u64(void)
{
	static const struct {
		const char	*rule;
		const char	*text;
		uint64_t	 max;
		int		 rc;
		uint64_t	 want;
	} cases[] = {
		{ "zero", "0", 9, 0, 0 },
		{ "digits", "4711", 10000, 0, 4711 },
		{ "the maximum", "255", 255, 0, 255 },
		{ "over the maximum", "256", 255, -1, 0 },
		{ "the largest", "18446744073709551615", UINT64_MAX, 0, UINT64_MAX },
		{ "one more than the largest", "18446744073709551616", UINT64_MAX, -1, 0 },
		{ "a digit more than the largest", "184467440737095516150", UINT64_MAX, -1, 0 },
		{ "wraps to a small number", "36893488147419103233", UINT64_MAX, -1, 0 },
		{ "leading zero", "01", 9, -1, 0 },
		{ "two zeros", "00", 9, -1, 0 },
		{ "plus sign", "+1", 9, -1, 0 },
		{ "minus sign", "-1", 9, -1, 0 },
		{ "blank before", " 1", 9, -1, 0 },
		{ "blank behind", "1 ", 9, -1, 0 },
		{ "hexadecimal", "0x1", 9, -1, 0 },
		{ "exponent", "1e2", 900, -1, 0 },
		{ "slash is below the digits", "/", 9, -1, 0 },
		{ "colon is above the digits", ":", 9, -1, 0 },
		{ "empty", "", 9, -1, 0 },
	};
	uint64_t n;
	size_t i;

	for (i = 0; i < NITEMS(cases); i++) {
		n = 0;
		tap_is_int(view_u64(view_of(cases[i].text), cases[i].max, &n),
		    cases[i].rc, "u64: %s", cases[i].rule);
		tap_ok(n == cases[i].want, "u64: %s: the number", cases[i].rule);
	}
	tap_is_int(view_u64(VIEW("1\0"), 9, &n), -1, "u64: NUL behind");
}

static void
test_copy(void)
{
	char out[4] = "???";

	tap_is_int(view_copy(VIEW("abc"), out, sizeof(out)), 0, "copy: fits with its NUL");
	tap_ok(strcmp(out, "abc") == 0, "copy: the text");
	tap_is_int(view_copy(VIEW("abcd"), out, sizeof(out)), -1, "copy: no room for the NUL");
	tap_is_int(view_copy(VIEW("a\0b"), out, sizeof(out)), -1, "copy: a NUL inside");
	tap_is_int(view_copy(VIEW_NONE, out, 0), -1, "copy: to nowhere");
	tap_is_int(view_copy(VIEW_NONE, out, 1), 0, "copy: nothing");
	tap_ok(out[0] == '\0', "copy: nothing is a NUL");
}

static void
test_print(void)
{
	struct view huge = { "x", (size_t)INT_MAX + 2 };
	char out[16];

	(void)snprintf(out, sizeof(out), "[%.*s]", VIEW_ARG(view_sub(VIEW("abcd"), 1, 2)));
	tap_is_view(view_of(out), VIEW("[bc]"), "print: only the bytes of the view");
	(void)snprintf(out, sizeof(out), "[%.*s]", VIEW_ARG(VIEW_NONE));
	tap_is_view(view_of(out), VIEW("[]"), "print: nothing");
	(void)snprintf(out, sizeof(out), "[%.*s]", VIEW_ARG(huge));
	tap_is_view(view_of(out), VIEW("[x]"), "print: the length is never negative");
}

int
main(void)
{
	test_equal();
	test_contains();
	test_parts();
	test_cut();
	test_u64();
	test_copy();
	test_print();
	return tap_done();
}
